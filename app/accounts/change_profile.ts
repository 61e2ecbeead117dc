import type User from '#models/user'
import type { Clock } from '#foundation/clock'

interface Profile {
  language: string
  /** An IANA name such as Asia/Shanghai. */
  timeZone: string
}

/** Remembers in which language and time zone somebody wants to be told of things. */
export async function changeProfile(user: User, profile: Profile, clock: Clock) {
  await user.merge({ ...profile, updatedAt: clock.now() }).save()
}
