import vine from '@vinejs/vine'
import { JOB_STATES } from '#webhooks/deliveries/delivery_filters'
import { eventTypes } from '#facts/event_types'
import { decodePageCursor } from '#feed/page_cursor'
import { address } from '#validators/rules'
import { periods } from '#validators/operator/periods'

const validator = vine.create({
  state: vine.enum(JOB_STATES).optional(),
  type: vine.enum(eventTypes().all).optional(),
  token: address(),
  within: vine.enum(periods).optional(),
  cursor: vine.string().optional(),
})

export type DeliverySearch = Awaited<ReturnType<typeof readDeliverySearch>>

/**
 * What an operator looks for among the deliveries; fields that are empty do not count. When one of
 * them is not understood, none does and the page says so.
 */
export async function readDeliverySearch(parameters: Record<string, unknown>) {
  const filled = Object.entries(parameters).filter(([, value]) => value !== '')
  const [error, search] = await validator.tryValidate(Object.fromEntries(filled))
  const { cursor, ...wish } = error ? {} : search
  const before = cursor === undefined ? undefined : (decodePageCursor(cursor) ?? undefined)
  return { wish, before, isMistaken: error !== null }
}
