import vine from '@vinejs/vine'
import { JOB_STATES } from '#webhooks/deliveries/delivery_filters'
import { eventTypes } from '#facts/event_types'
import { decodePageCursor } from '#http/page_cursor'
import { address } from '#validators/rules'

const HOUR_MS = 3_600_000

/** How far back an operator may look or replay, in milliseconds; `all` has no bound. */
const PERIODS = {
  '1h': HOUR_MS,
  '24h': 24 * HOUR_MS,
  '7d': 7 * 24 * HOUR_MS,
  '30d': 30 * 24 * HOUR_MS,
  'all': Infinity,
} as const

type Period = keyof typeof PERIODS

export const periods = Object.keys(PERIODS) as Period[]

/** When a period that ends now began, in epoch milliseconds. */
export function beginningOf(period: Period, now: number): number {
  return Math.max(0, now - PERIODS[period])
}

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

/** An empty rate is as fast as the endpoint takes it; the box is ticked or absent. */
export const replayForm = vine.create({
  kind: vine.enum(['failed', 'history'] as const),
  within: vine.enum(periods),
  rate: vine.number().withoutDecimals().range([1, 10_000]).optional(),
  again: vine.accepted().optional(),
})

const deliveryId = () => vine.number().withoutDecimals().positive()

/** Deliveries that were ticked. */
export const deliveryReplaysForm = vine.create({
  ids: vine.array(deliveryId()).maxLength(200).optional(),
})
