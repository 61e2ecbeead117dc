import type { OrderStatus } from '#models/order'

/**
 * Why an order failed.
 *
 * - `confirmation_timeout` it was announced, and the venue did not show it in time
 * - `canceled`  at the venue, before any of it was filled
 * - `rejected`  by the venue
 * - `gone`      it was at the venue and is not there any more, and its history is over
 */
export const ORDER_FAILURES = ['confirmation_timeout', 'canceled', 'rejected', 'gone'] as const

export type OrderFailure = (typeof ORDER_FAILURES)[number]

/** Where an order stands. */
export interface OrderStanding {
  status: OrderStatus
  reason: OrderFailure | null
  /** Canceled after a part of it was filled. */
  partial: boolean
}

/** What the venue said last. */
export interface VenueWord {
  state: string | null
  /** Filled so far, as decimal text. */
  accFillSz: string | null
}

/** States of the venue in which it says nothing more of an order. `gone` is ours: app/sources/okx. */
const ENDS: Record<string, OrderFailure> = {
  canceled: 'canceled',
  mmp_canceled: 'canceled',
  rejected: 'rejected',
  gone: 'gone',
}

/** What we concluded and the venue did not say: its word takes it back. */
const CONCLUDED: readonly (OrderFailure | null)[] = ['confirmation_timeout', 'gone']

/**
 * Where an order stands after what the venue said: `pending`, `confirmed`, `filled`, `completed`, or
 * `failed` with a reason. What the venue says beats what the clock said; what has ended never goes
 * back; only a verification completes.
 *
 * @returns null when nothing changes
 */
export function afterVenue(standing: OrderStanding, word: VenueWord): OrderStanding | null {
  const next = saidBy(word)
  return next && mayBecome(standing, next) ? next : null
}

function saidBy({ state, accFillSz }: VenueWord): OrderStanding | null {
  if (state === null) {
    return null
  }
  if (state === 'filled') {
    return { status: 'filled', reason: null, partial: false }
  }
  const failure = ENDS[state]
  if (!failure) {
    // Live, filled in part, or a state that we do not know: the venue has it.
    return { status: 'confirmed', reason: null, partial: false }
  }
  return isAboveZero(accFillSz)
    ? { status: 'filled', reason: null, partial: true }
    : { status: 'failed', reason: failure, partial: false }
}

function mayBecome(from: OrderStanding, to: OrderStanding): boolean {
  if (from.status === 'failed') {
    const isOther = to.status !== 'failed' || to.reason !== from.reason
    return CONCLUDED.includes(from.reason) && isOther
  }
  const isEarlier = from.status === 'pending' || from.status === 'confirmed'
  return isEarlier && to.status !== from.status
}

function isAboveZero(amount: string | null): boolean {
  return /[1-9]/.test(amount ?? '') && !amount!.startsWith('-')
}

/**
 * Finds in SQL the orders that `afterVenue` moves; written as in the index. A state that it does not
 * know says only that the venue has the order.
 */
export const UNREVIEWED = `(
  (status = 'pending' and venue_state is not null)
  or (status = 'confirmed' and venue_state in ('filled', 'canceled', 'mmp_canceled', 'rejected', 'gone'))
  or (status = 'failed' and reason = 'confirmation_timeout' and venue_state is not null)
  or (status = 'failed' and reason = 'gone' and venue_state <> 'gone'))`
