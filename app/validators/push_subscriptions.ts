import vine from '@vinejs/vine'

const base64url = () =>
  vine
    .string()
    .maxLength(100)
    .regex(/^[\w-]+=*$/)

/** What a browser says when it subscribes (Push API, `PushSubscription.toJSON`). */
export const subscriptionValidator = vine.create({
  endpoint: vine.string().maxLength(1000),
  keys: vine.object({ p256dh: base64url(), auth: base64url() }),
})

/** Which browser is to be told no more: one of the list by its number, or the one that asks. */
export const toldBrowserValidator = vine.create({
  id: vine.number().withoutDecimals().positive().max(Number.MAX_SAFE_INTEGER).optional(),
  endpoint: vine.string().maxLength(1000).optional().requiredIfMissing('id'),
})
