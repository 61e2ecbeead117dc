import { systemClock, type Clock } from '#foundation/clock'
import { grant } from '#billing/entitlements/grant'

/** Gives somebody Pro for a day. */
export function givePro(userId: number, clock: Clock = systemClock) {
  return grant(userId, { ms: 86_400_000, plan: 'monthly' }, clock)
}
