import type { PaidTerms, PlanTerms } from '#config/plans'
import type { PlanName } from '#models/entitlement'

/** The terms of a plan. A trial has none, nor has a plan that runs but is not sold any more. */
export function termsOf(plan: PlanName | null, { paid }: PlanTerms): PaidTerms | undefined {
  return plan === null || plan === 'trial' ? undefined : paid[plan]
}
