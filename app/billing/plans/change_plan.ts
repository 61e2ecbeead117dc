import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import { OperatorError } from '#foundation/errors'
import type Entitlement from '#models/entitlement'
import { endQuotes } from '#billing/checkout/open_quote'
import { entitlementOf, extend, noteChange } from '#billing/plans/entitlement'
import { hadPlanBefore } from '#billing/plans/past_accounts'
import type { PaidPlan, PlanTerms } from '#config/plans'

interface Offer {
  terms: PlanTerms
  clock: Clock
}

/**
 * Starts the free trial of a user whose wallet never had a plan, also in an account that was erased.
 *
 * @returns whether it was started
 */
export function startTrial(userId: number, { terms, clock }: Offer): Promise<boolean> {
  return writeTransaction(async (trx) => {
    const now = clock.now()
    const entitlement = await entitlementOf(trx, userId, now)
    if (entitlement.trialStartedAt !== null || entitlement.endsAt > 0) {
      return false
    }
    if (await hadPlanBefore(trx, userId)) return false

    entitlement.trialStartedAt = now
    await extend(entitlement, { ms: terms.trialMs, plan: 'trial', cause: 'trial' }, { terms, now })
    return true
  })
}

/** The longest time that is given at once: dates beyond some 270,000 years do not exist. */
const LONGEST_MS = 100 * 365 * 86_400_000

interface Gift {
  ms: number
  plan: PaidPlan
  note?: string
}

/**
 * Gives a user time without a payment.
 *
 * @throws OperatorError when it is no time, or more than a hundred years
 */
export function grant(
  userId: number,
  { ms, plan, note }: Gift,
  { terms, clock }: Offer
): Promise<Entitlement> {
  if (!(ms > 0 && ms <= LONGEST_MS)) {
    throw new OperatorError('Give a time from 1ms to 36500d, for example --for=30d')
  }
  return writeTransaction(async (trx) => {
    const now = clock.now()
    const entitlement = await entitlementOf(trx, userId, now)
    await extend(entitlement, { ms, plan, cause: 'grant', note }, { terms, now })
    return entitlement
  })
}

/**
 * Ends a user's plan now. What was paid and has bought no time yet is kept; what has is taken back
 * with it, and counts to no quote any more.
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
    await endQuotes(trx, userId, now)
    await noteChange(entitlement, before, { cause: 'revoke', note }, now)
  })
}
