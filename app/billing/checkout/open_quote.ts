import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import PaymentQuote from '#models/payment_quote'
import { entitlementOf } from '#billing/plans/entitlement'
import type { PaidPlan, PlanTerms } from '#config/plans'

/**
 * What a plan costs this user, good for some time. A user who asks again for the same plan
 * meanwhile, on another device or after asking for another plan, gets the same quote, with what came
 * in for it; one for another plan takes its place.
 */
export function openQuote(
  userId: number,
  plan: PaidPlan,
  { terms, clock }: { terms: PlanTerms; clock: Pick<Clock, 'now'> }
): Promise<PaymentQuote> {
  return writeTransaction(async (client) => {
    const now = clock.now()
    // Two devices at once wait for each other here.
    await entitlementOf(client, userId, now)

    const open = await PaymentQuote.query({ client }).where({ userId, state: 'open' }).first()
    if (open?.plan === plan && open.expiresAt > now) {
      return open
    }
    await open?.merge({ state: 'closed' }).save()
    const earlier = await PaymentQuote.query({ client })
      .where({ userId, plan, state: 'closed' })
      .where('expires_at', '>', now)
      .first()
    if (earlier) {
      return earlier.merge({ state: 'open' }).save()
    }
    const base = terms.paid[terms.base]
    return PaymentQuote.create(
      {
        userId,
        plan,
        state: 'open',
        price: terms.paid[plan].price,
        lengthMs: terms.paid[plan].lengthMs,
        basePrice: base.price,
        baseLengthMs: base.lengthMs,
        received: 0n,
        spent: 0n,
        grantedMs: 0,
        expiresAt: now + terms.quoteMs,
        createdAt: now,
      },
      { client }
    )
  })
}

/**
 * Ends what a user was quoted and has not paid in full: what came in for it counts to no later one.
 *
 * @param now epoch milliseconds
 */
export async function endQuotes(client: TransactionClientContract, userId: number, now: number) {
  await PaymentQuote.query({ client })
    .where('user_id', userId)
    .whereNot('state', 'filled')
    .where('expires_at', '>', now)
    .update({ state: 'closed', expires_at: now })
}
