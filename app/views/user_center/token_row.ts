import type { AccessToken } from '@adonisjs/auth/access_tokens'
import type { LocalTimes } from '#views/user_center/local_time'

/** A token as its owner recognises it: never what it proves itself with. */
export function tokenRow(token: AccessToken, localTime: LocalTimes) {
  const time = (date: Date | null) => (date ? localTime(Number(date)) : null)
  return {
    id: Number(token.identifier),
    name: token.name,
    scopes: token.abilities,
    isExpired: token.isExpired(),
    createdAt: time(token.createdAt),
    lastUsedAt: time(token.lastUsedAt),
    expiresAt: time(token.expiresAt),
  }
}
