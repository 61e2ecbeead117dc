import type { HttpContext } from '@adonisjs/core/http'
import type User from '#models/user'

/** The version of the account's sessions that this one began with. */
const VERSION = 'session_version'

/** Begins a session under a new id, so that an id that an attacker has prepared is of no use (session fixation). */
export async function beginSession({ auth, session }: HttpContext, user: User) {
  await auth.use('web').login(user)
  session.put(VERSION, user.sessionVersion)
}

/** False when its owner has signed out everywhere since the session began. */
export function isCurrentSession({ auth, session }: HttpContext): boolean {
  return session.get(VERSION) === auth.use('web').user?.sessionVersion
}
