import type { Clock } from '#foundation/clock'
import type User from '#models/user'

interface Profile {
  language: string
  /** An IANA name such as Asia/Shanghai. */
  timeZone: string
}

/** Remembers in which language and time zone a user wants to be told of things. */
export async function changeProfile(
  user: User,
  profile: Partial<Profile>,
  clock: Pick<Clock, 'now'>
) {
  await user.merge({ ...profile, updatedAt: clock.now() }).save()
}

/** Ends every session of an account, on every device: each names the version it began with. */
export async function signOutEverywhere(user: User, clock: Pick<Clock, 'now'>) {
  const version = user.sessionVersion + 1
  await user.merge({ sessionVersion: version, updatedAt: clock.now() }).save()
}
