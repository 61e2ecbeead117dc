import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/write_transaction'
import type { PlanTerms } from '#billing/plans/plan_terms'
import { entitlementOf } from '#billing/entitlements/entitlement_of'
import { extend } from '#billing/entitlements/extend'

/**
 * Starts the free trial of somebody who never had a plan.
 *
 * @returns whether it was started
 */
export function startTrial(
  userId: number,
  { terms, clock }: { terms: PlanTerms; clock: Clock }
): Promise<boolean> {
  return writeTransaction(async (trx) => {
    const now = clock.now()
    const entitlement = await entitlementOf(trx, userId, now)
    if (entitlement.trialStartedAt !== null || entitlement.endsAt > 0) {
      return false
    }
    entitlement.trialStartedAt = now
    await extend(entitlement, { ms: terms.trialMs, plan: 'trial', cause: 'trial' }, now)
    return true
  })
}
