import { systemClock, type Clock } from '#foundation/clock'
import plans, { type PaidPlan } from '#config/plans'
import { grant } from '#billing/plans/change_plan'

/** Gives a user Pro for a day. */
export function givePro(userId: number, clock: Clock = systemClock, plan: PaidPlan = 'monthly') {
  return grant(userId, { ms: 86_400_000, plan }, { terms: plans, clock })
}
