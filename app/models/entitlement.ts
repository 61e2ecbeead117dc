import { EntitlementSchema } from '#database/schema'
import type { PaidPlan } from '#config/plans'

export type PlanName = 'trial' | PaidPlan

/** A user's plan and until when, and what was paid but has not bought time yet (`credit`). */
export default class Entitlement extends EntitlementSchema {
  static selfAssignPrimaryKey = true
  declare plan: PlanName | null
}
