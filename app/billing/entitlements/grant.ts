import type { Clock } from '#foundation/clock'
import { OperatorError } from '#foundation/operator_error'
import { writeTransaction } from '#foundation/db/write_transaction'
import type Entitlement from '#models/entitlement'
import type { PaidPlan } from '#models/entitlement'
import { entitlementOf } from '#billing/entitlements/entitlement_of'
import { extend } from '#billing/entitlements/extend'

/** The longest time that is given at once: dates beyond some 270,000 years do not exist. */
const LONGEST_MS = 100 * 365 * 86_400_000

interface Gift {
  ms: number
  plan: PaidPlan
  note?: string
}

/**
 * Gives somebody time that nobody paid for.
 *
 * @throws OperatorError when it is no time, or more than a hundred years
 */
export function grant(
  userId: number,
  { ms, plan, note }: Gift,
  clock: Clock
): Promise<Entitlement> {
  if (!(ms > 0 && ms <= LONGEST_MS)) {
    throw new OperatorError('Give a time from 1ms to 36500d, for example --for=30d')
  }
  return writeTransaction(async (trx) => {
    const now = clock.now()
    const entitlement = await entitlementOf(trx, userId, now)
    await extend(entitlement, { ms, plan, cause: 'grant', note }, now)
    return entitlement
  })
}
