import { EntitlementSchema } from '#database/schema'
import type { PAID_PLANS } from '#facts/payment'

export type PaidPlan = (typeof PAID_PLANS)[number]

export type PlanName = 'trial' | PaidPlan

/** A user's plan and until when, and what was paid but has not bought time yet (`credit`). */
export default class Entitlement extends EntitlementSchema {
  static selfAssignPrimaryKey = true
  declare plan: PlanName | null
}
