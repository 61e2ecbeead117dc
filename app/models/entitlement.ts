import { EntitlementSchema } from '#database/schema'

export type PaidPlan = 'monthly' | 'yearly'

export type PlanName = 'trial' | PaidPlan

/** A user's plan and until when, and what was paid but has not bought time yet (`credit`). */
export default class Entitlement extends EntitlementSchema {
  static selfAssignPrimaryKey = true
  declare plan: PlanName | null
}
