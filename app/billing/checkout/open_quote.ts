import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import type { PaidPlan } from '#config/plans'
import PaymentQuote from '#models/payment_quote'
import { entitlementOf } from '#billing/plans/entitlement'
import type { PlanTerms } from '#billing/plans/plan_terms'

/**
 * What a plan costs this user, good for some time. A user who asks again for the same plan
 * meanwhile, for example on another device, gets the same quote; one for another plan replaces it.
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
    return PaymentQuote.create(
      {
        userId,
        plan,
        state: 'open',
        price: terms.paid[plan].price,
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
