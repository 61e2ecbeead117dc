import type { HttpContext } from '@adonisjs/core/http'
import type { Clock } from '#foundation/clock'
import type User from '#models/user'

/** The version of the account's sessions that this one began with. */
const VERSION = 'session_version'

/** When its owner was last seen, in epoch milliseconds. */
const SEEN_AT = 'seen_at'

/** How long a session lives after its owner was last seen, in milliseconds. Browsers forget it after that, too. */
const LIFETIME_MS = 7 * 86_400_000

type Now = Pick<Clock, 'now'>
type Session = Pick<HttpContext['session'], 'get' | 'put'>

/** Begins a session under a new id, so that an id that an attacker has prepared is of no use (session fixation). */
export async function beginSession({ auth, session }: HttpContext, user: User, clock: Now) {
  await auth.use('web').login(user)
  session.put(VERSION, user.sessionVersion)
  session.put(SEEN_AT, clock.now())
}

/**
 * Keeps a session that is used, for another seven days. The session is in a cookie, of which a copy
 * may have been made: it ends by the time that is sealed in it, whatever a browser does.
 *
 * @returns false when it has ended, or its owner has signed out everywhere since it began
 */
export function keepSession(session: Session, user: User, clock: Now): boolean {
  const unseenMs = clock.now() - Number(session.get(SEEN_AT, -Infinity))
  if (session.get(VERSION) !== user.sessionVersion || unseenMs >= LIFETIME_MS) return false

  session.put(SEEN_AT, clock.now())
  return true
}
