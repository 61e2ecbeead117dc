import vine from '@vinejs/vine'
import { bodyOf, queryOf } from '#validators/strict'
import { limit } from '#validators/rules'

const whole = (from: number, to: number) =>
  vine.number({ strict: true }).withoutDecimals().range([from, to])

const time = () => whole(0, Number.MAX_SAFE_INTEGER)

/** `since` is included, `until` is not and is now unless given. */
export const newReplay = bodyOf({
  kind: vine.enum(['failed', 'history'] as const),
  since: time(),
  until: time().optional(),
  event_types: vine.array(vine.string().maxLength(32)).maxLength(50).optional(),
  rate_per_second: whole(1, 10_000).nullable().optional(),
  limit: whole(1, 1_000_000_000).nullable().optional(),
  again: vine.boolean({ strict: true }).optional(),
})

export const replayQuery = queryOf({ limit: limit(), cursor: vine.string().optional() })

/** A header that names one wish, so that asking twice begins one replay. */
export const idempotencyKey = vine.create(vine.string().minLength(1).maxLength(255).optional())
