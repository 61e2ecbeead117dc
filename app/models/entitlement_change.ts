import { EntitlementChangeSchema } from '#database/schema'
import type { PlanName } from '#models/entitlement'

/**
 * `yearly_rate`: a quote was paid in full, so what it had bought is lengthened to what its plan's own
 * rate buys, of whichever plan.
 */
export type ChangeCause = 'trial' | 'payment' | 'yearly_rate' | 'grant' | 'revoke'

/** One change of when a user's plan ends, and why. Times are epoch milliseconds. */
export default class EntitlementChange extends EntitlementChangeSchema {
  declare cause: ChangeCause
  declare plan: PlanName | null
}
