import type { HttpContext } from '@adonisjs/core/http'
import { browserNames } from '#accounts/sessions/browser_names'
import { SESSION_MS, seeSession, startSession } from '#accounts/sessions/sessions'
import type { Clock } from '#foundation/clock'
import type User from '#models/user'
import type UserSession from '#models/user_session'

/** What the session is known by; its hash is in the table. */
const KEY = 'session_key'

/** When its owner was last seen with this cookie, in epoch milliseconds. */
const SEEN_AT = 'seen_at'

type Now = Pick<Clock, 'now'>

declare module '@adonisjs/core/http' {
  interface HttpContext {
    /** Of the account that is logged in. */
    userSession?: UserSession
  }
}

/** Begins a session under a new id, so that an id that an attacker has prepared is of no use (session fixation). */
export async function beginSession(
  { auth, request, session }: HttpContext,
  user: User,
  clock: Now
) {
  await auth.use('web').login(user)
  const names = browserNames(request.header('user-agent'))
  session.put(KEY, await startSession(user.id, names, clock))
  session.put(SEEN_AT, clock.now())
}

/**
 * Keeps a session that is used, for another seven days. Of its cookie a copy may have been made: that
 * ends seven days after it was made, by the time that is sealed in it, also where its owner goes on.
 *
 * @returns null when it has ended, here or from another device
 */
export async function keepSession(
  session: Pick<HttpContext['session'], 'get' | 'put'>,
  user: User,
  clock: Now
): Promise<UserSession | null> {
  const unseenMs = clock.now() - Number(session.get(SEEN_AT, -Infinity))
  if (unseenMs >= SESSION_MS) return null

  const kept = await seeSession(user.id, session.get(KEY, ''), clock)
  if (kept) session.put(SEEN_AT, clock.now())
  return kept
}
