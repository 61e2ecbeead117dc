import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type Payment from '#models/payment'
import PaymentQuote from '#models/payment_quote'

/**
 * Counts a payment to the quote that its owner has open, and answers it unsaved: `filled` with the
 * payment that reaches its price. One that was made too late counts to none.
 */
export async function countToQuote(
  client: TransactionClientContract,
  userId: number,
  payment: Payment
): Promise<PaymentQuote | null> {
  const quote = await PaymentQuote.query({ client })
    .where({ userId, state: 'open' })
    .where('expires_at', '>=', payment.eventTime)
    .first()
  if (!quote) return null

  const received = quote.received + payment.amount
  return quote.merge({ received, state: received >= quote.price ? 'filled' : 'open' })
}
