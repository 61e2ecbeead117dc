import type User from '#models/user'
import type { Clock } from '#foundation/clock'

/** Ends every session of an account, on every device: each names the version it began with. */
export async function signOutEverywhere(user: User, clock: Clock) {
  const version = user.sessionVersion + 1
  await user.merge({ sessionVersion: version, updatedAt: clock.now() }).save()
}
