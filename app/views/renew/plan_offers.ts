import type { PlanTerms } from '#billing/plans/plan_terms'
import type { PaidPlan } from '#models/entitlement'
import { exactBnb } from '#views/renew/exact_bnb'

const DAY_MS = 86_400_000

/** The plans that are for sale, and which of them was chosen. */
export function planOffers(terms: PlanTerms, chosen?: PaidPlan) {
  return (['monthly', 'yearly'] as const).map((name) => {
    const { price, lengthMs } = terms[name]
    return {
      name,
      price: exactBnb(price),
      days: lengthMs / DAY_MS,
      isChosen: name === chosen,
    }
  })
}
