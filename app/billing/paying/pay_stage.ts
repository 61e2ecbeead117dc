import type { PayState } from '#billing/paying/pay_state'

/**
 * Where a payment stands. `late` is a quote whose price no longer holds: money still counts, at the
 * monthly rate.
 */
export type PayStage = 'waiting' | 'seen' | 'underpaid' | 'credited' | 'overpaid' | 'late'

/** @param now epoch milliseconds */
export function payStage({ quote, sighting }: PayState, now: number): PayStage {
  if (sighting) return 'seen'
  if (quote.state === 'filled') return quote.received > quote.price ? 'overpaid' : 'credited'
  if (quote.expiresAt <= now) return 'late'
  return quote.received > 0n ? 'underpaid' : 'waiting'
}

/** What is still to be paid of a quote, in wei. */
export function stillDue({ quote }: PayState): bigint {
  return quote.received < quote.price ? quote.price - quote.received : 0n
}
