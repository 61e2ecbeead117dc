import type Entitlement from '#models/entitlement'
import type { PlanName } from '#models/entitlement'
import type { ChangeCause } from '#models/entitlement_change'
import { noteChange } from '#billing/entitlements/note_change'

export interface Extension {
  ms: number
  plan: PlanName
  cause: ChangeCause
  /** The payment that bought it. */
  payment?: number
  /** Why, in the words of whoever gave it. */
  note?: string
}

/**
 * Adds time from the later of now and the current end, and notes why. A yearly plan that still
 * runs stays one when a month is added.
 *
 * @param now epoch milliseconds
 */
export async function extend(
  entitlement: Entitlement,
  { ms, plan, cause, payment, note }: Extension,
  now: number
) {
  const before = entitlement.endsAt
  const staysYearly = before > now && entitlement.plan === 'yearly'
  entitlement.merge({
    plan: staysYearly ? 'yearly' : plan,
    endsAt: Math.max(now, before) + ms,
    updatedAt: now,
  })
  await entitlement.save()
  await noteChange(entitlement, before, { cause, payment, note }, now)
}
