import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import EntitlementChange from '#models/entitlement_change'
import { entitlementOf, extend } from '#billing/plans/entitlement'
import type { PlanTerms } from '#config/plans'
import type { PlanName } from '#models/entitlement'
import type { LegacyRow } from '#legacy/legacy_file'
import { neededText, neededTime, UnusableRow } from '#legacy/legacy_values'

/** A plan of the earlier application. */
export interface LegacyPlan {
  plan: PlanName
  isActive: boolean
  /** Epoch milliseconds. */
  endsAt: number
}

/** What its plans are called here. */
const PLANS: Record<string, PlanName> = {
  free: 'trial',
  pro_monthly: 'monthly',
  pro_yearly: 'yearly',
}

/** What says that a change came of an import: it is made once for each user. */
const NOTE = 'imported from the earlier application'

/** The longest time that is taken over, in milliseconds. */
const LONGEST_MS = 100 * 365 * 86_400_000

/** @throws UnusableRow */
export function readPlan(row: LegacyRow): LegacyPlan {
  const plan = PLANS[neededText(row, 'plan_type').toLowerCase()]
  if (plan === undefined) throw new UnusableRow('plan_type is no plan that is known here')
  const status = neededText(row, 'status').toLowerCase()
  if (!['active', 'expired', 'revoked'].includes(status)) {
    throw new UnusableRow('status is none that is known here')
  }
  const isActive = status === 'active'
  return { plan, isActive, endsAt: isActive ? neededTime(row, 'expires_at') : 0 }
}

/**
 * Gives a user what is left of the plan that ran longest, once. One who had any has had the trial: one
 * that is over begins and ends at once here, so that it is not given again.
 *
 * @returns null where there was no plan
 */
export async function importPlan(
  trx: TransactionClientContract,
  userId: number,
  plans: readonly LegacyPlan[],
  { terms, now }: { terms: PlanTerms; now: number }
): Promise<'imported' | 'known' | 'over' | null> {
  if (plans.length === 0) {
    return null
  }
  const entitlement = await entitlementOf(trx, userId, now)
  const done = await EntitlementChange.query({ client: trx })
    .where({ user_id: userId, note: NOTE })
    .first()
  if (done) {
    return 'known'
  }
  const running = plans
    .filter(({ isActive, endsAt }) => isActive && endsAt > now && endsAt - now <= LONGEST_MS)
    .toSorted((one, other) => other.endsAt - one.endsAt)
  const [longest] = running
  const isPaid = longest !== undefined && longest.plan !== 'trial'
  if (!isPaid && (entitlement.trialStartedAt !== null || entitlement.endsAt > 0)) {
    return 'known'
  }
  const extension = { ms: longest ? longest.endsAt - now : 1, note: NOTE }
  if (isPaid) {
    const { plan } = longest
    await extend(entitlement, { ...extension, plan, cause: 'grant' }, { terms, now })
  } else {
    entitlement.trialStartedAt = now
    await extend(entitlement, { ...extension, plan: 'trial', cause: 'trial' }, { terms, now })
  }
  return longest ? 'imported' : 'over'
}
