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
