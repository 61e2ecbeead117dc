import type DepositAddress from '#models/deposit_address'
import Entitlement from '#models/entitlement'
import Payment from '#models/payment'
import PaymentQuote from '#models/payment_quote'
import UnconfirmedDeposit from '#models/unconfirmed_deposit'

/** How far a user is with paying, as it is stored: the same on every page and device of his. */
export interface Checkout {
  /** The price that he was told last. */
  quote: PaymentQuote
  /** What has come in and is not final yet. */
  unconfirmed: UnconfirmedDeposit | null
  /** What was credited since the quote was made, oldest first. */
  payments: Payment[]
  /** The end of his plan, in epoch milliseconds. */
  endsAt: number
  /** Wei that were paid and have bought no time yet. */
  credit: bigint
}

/** Null for a user who has not chosen a plan, or has chosen and paid more than a quote's life ago. */
export async function currentCheckout(
  userId: number,
  address: DepositAddress,
  now: number
): Promise<Checkout | null> {
  const quote = await PaymentQuote.query()
    .where('user_id', userId)
    .whereNot('state', 'closed')
    .orderBy('id', 'desc')
    .first()
  if (!quote || (quote.state === 'filled' && quote.expiresAt <= now)) return null

  const [unconfirmed, payments, entitlement] = await Promise.all([
    UnconfirmedDeposit.find(address.id),
    Payment.query()
      .where('owner_id', userId)
      .where('created_at', '>=', quote.createdAt)
      .orderBy('id'),
    Entitlement.find(userId),
  ])
  const { endsAt, credit } = entitlement ?? { endsAt: 0, credit: 0n }
  return { quote, unconfirmed, payments, endsAt, credit }
}

/**
 * Where a payment stands. `late` is a quote whose price no longer holds: money still counts, at the
 * rate of the base plan.
 */
export type CheckoutStatus = 'waiting' | 'seen' | 'underpaid' | 'credited' | 'overpaid' | 'late'

/** @param now epoch milliseconds */
export function checkoutStatus({ quote, unconfirmed }: Checkout, now: number): CheckoutStatus {
  if (unconfirmed) return 'seen'
  if (quote.state === 'filled') return quote.received > quote.price ? 'overpaid' : 'credited'
  if (quote.expiresAt <= now) return 'late'
  return quote.received > 0n ? 'underpaid' : 'waiting'
}

/** What is still to be paid of a quote, in wei. */
export function stillDue({ quote }: Checkout): bigint {
  return quote.received < quote.price ? quote.price - quote.received : 0n
}
