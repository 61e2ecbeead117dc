import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import { OperatorError } from '#foundation/errors'
import Payment from '#models/payment'
import type User from '#models/user'
import { credit } from '#billing/ledger/credit'
import type { PlanTerms } from '#config/plans'

/**
 * Credits an unassigned payment to a user.
 *
 * @throws OperatorError when there is no such payment, or it has been credited already
 */
export function assignPayment(
  paymentId: string,
  user: User,
  { terms, clock }: { terms: PlanTerms; clock: Clock }
): Promise<Payment> {
  return writeTransaction(async (trx) => {
    const payment = /^\d{1,15}$/.test(paymentId)
      ? await Payment.query({ client: trx }).where('id', paymentId).forUpdate().first()
      : null
    if (!payment) {
      throw new OperatorError(`There is no payment ${paymentId}. See: node ace payments:list`)
    }
    if (payment.ownerId !== null) {
      throw new OperatorError(
        `Payment ${paymentId} is credited to user ${payment.ownerId} already; it is not moved`
      )
    }
    // From now on it is news: without this it is not in the outbox.
    payment.plannedAt = null
    await credit(trx, payment, user.id, terms, { since: payment.eventTime, now: clock.now() })
    return payment
  })
}
