import type { Clock } from '#foundation/clock'
import { OperatorError } from '#foundation/operator_error'
import { writeTransaction } from '#foundation/db/write_transaction'
import { entitlementOf } from '#billing/entitlements/entitlement_of'
import { noteChange } from '#billing/entitlements/note_change'

/**
 * Ends somebody's plan now. What was paid and has bought no time yet is kept.
 *
 * @throws OperatorError when there is no plan that runs
 */
export function revoke(userId: number, note: string | undefined, clock: Clock): Promise<void> {
  return writeTransaction(async (trx) => {
    const now = clock.now()
    const entitlement = await entitlementOf(trx, userId, now)
    const before = entitlement.endsAt
    if (before <= now) {
      throw new OperatorError('This user has no plan that runs; there is nothing to revoke')
    }
    await entitlement.merge({ endsAt: now, updatedAt: now }).save()
    await noteChange(entitlement, before, { cause: 'revoke', note }, now)
  })
}
