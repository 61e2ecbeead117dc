import type DepositAddress from '#models/deposit_address'
import DepositSighting from '#models/deposit_sighting'
import Entitlement from '#models/entitlement'
import Payment from '#models/payment'
import PaymentQuote from '#models/payment_quote'

/** How far somebody is with paying, as it is stored: the same on every page and device of his. */
export interface PayState {
  /** What he was told last. */
  quote: PaymentQuote
  /** What is on its way and not final yet. */
  sighting: DepositSighting | null
  /** What was credited since the quote was made, oldest first. */
  payments: Payment[]
  /** The end of his plan, in epoch milliseconds. */
  endsAt: number
  /** Wei that were paid and have bought no time yet. */
  credit: bigint
}

/** Null for whoever has not chosen a plan, or has chosen and paid more than a quote's life ago. */
export async function payState(
  userId: number,
  address: DepositAddress,
  now: number
): Promise<PayState | null> {
  const quote = await PaymentQuote.query()
    .where('user_id', userId)
    .whereNot('state', 'closed')
    .orderBy('id', 'desc')
    .first()
  if (!quote || (quote.state === 'filled' && quote.expiresAt <= now)) return null

  const [sighting, payments, entitlement] = await Promise.all([
    DepositSighting.find(address.id),
    Payment.query()
      .where('owner_id', userId)
      .where('created_at', '>=', quote.createdAt)
      .orderBy('id'),
    Entitlement.find(userId),
  ])
  const { endsAt, credit } = entitlement ?? { endsAt: 0, credit: 0n }
  return { quote, sighting, payments, endsAt, credit }
}
