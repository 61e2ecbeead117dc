import { createHash, randomBytes } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import UserSession from '#models/user_session'
import type { BrowserNames } from '#accounts/sessions/browser_names'

/** How long a session lives after its owner was last seen, in milliseconds. */
export const SESSION_MS = 7 * 86_400_000

/** Of more logins than these, the one that was not seen for the longest time ends. */
const MOST = 50

/** To the minute: each write wakes all that wait for commits. */
const NOTED_AFTER_MS = 60_000

type Now = Pick<Clock, 'now'>

/** Begins a session and answers its key, of which only the hash is stored. */
export async function startSession(
  userId: number,
  names: BrowserNames,
  clock: Now
): Promise<string> {
  const key = randomBytes(32).toString('base64url')
  const now = clock.now()
  await writeTransaction(async (client) => {
    await client
      .from('user_sessions')
      .where('user_id', userId)
      .where('last_seen_at', '<=', now - SESSION_MS)
      .delete()
    const kept = await UserSession.query({ client })
      .where('user_id', userId)
      .orderBy('last_seen_at', 'desc')
      .orderBy('id', 'desc')
    const over = kept.slice(MOST - 1).map(({ id }) => id)
    await UserSession.query({ client }).whereIn('id', over).delete()
    const seen = { createdAt: now, lastSeenAt: now }
    await UserSession.create({ userId, keyHash: hashOf(key), ...names, ...seen }, { client })
  })
  return key
}

/** The session of a key, which is seen now; null when it has ended. */
export async function seeSession(
  userId: number,
  key: string,
  clock: Now
): Promise<UserSession | null> {
  const now = clock.now()
  const session = await UserSession.query()
    .where({ keyHash: hashOf(key), userId })
    .where('last_seen_at', '>', now - SESSION_MS)
    .first()
  if (session && session.lastSeenAt < now - NOTED_AFTER_MS) {
    await session.merge({ lastSeenAt: now }).save()
  }
  return session
}

/** Where a user is logged in, the latest first. */
export function sessionsOf(userId: number, clock: Now): Promise<UserSession[]> {
  return UserSession.query()
    .where('user_id', userId)
    .where('last_seen_at', '>', clock.now() - SESSION_MS)
    .orderBy('last_seen_at', 'desc')
    .orderBy('id', 'desc')
}

/** Ends one session of a user; a second time changes nothing. */
export async function endSession(userId: number, id: number) {
  await db.from('user_sessions').where({ user_id: userId, id }).delete()
}

/** Ends all sessions of a user but this one; null: all of them. */
export async function endSessions(userId: number, exceptId: number | null) {
  const all = db.from('user_sessions').where('user_id', userId)
  await (exceptId === null ? all : all.whereNot('id', exceptId)).delete()
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}
