import { createHash, randomBytes, randomInt } from 'node:crypto'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Clock } from '#foundation/clock'
import { insertRows, type WrittenTable } from '#foundation/db/insert_rows'
import { writeTransaction } from '#foundation/db/transaction'
import OneUseKey from '#models/one_use_key'

/**
 * What a pass is good for: opening the pay page, or binding to an account who writes to the official
 * account of WeChat (`bind`), or a chat in Telegram.
 */
export type PassPurpose = 'pay' | 'bind' | 'telegram'

/** How long a pass may wait for its use, in milliseconds. */
export const PASS_MS: Record<PassPurpose, number> = {
  pay: 15 * 60_000,
  bind: 10 * 60_000,
  telegram: 10 * 60_000,
}

/** Without the letters and digits that people take for each other. */
const CODE_LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'
const CODE_LENGTH = 10

const inLink = () => randomBytes(24).toString('base64url')

const MAKE: Record<PassPurpose, () => string> = {
  pay: inLink,
  // 64 letters, digits, `_` and `-` at most: core.telegram.org/bots/features#deep-linking
  telegram: inLink,
  // People type it.
  bind: () =>
    Array.from({ length: CODE_LENGTH }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]).join(
      ''
    ),
}

const TABLE: WrittenTable = {
  name: 'one_use_keys',
  columns: { hash: 'text', user_id: 'bigint', expires_at: 'bigint', created_at: 'bigint' },
}

type Now = Pick<Clock, 'now'>

/** Gives out a pass in the name of a user. Only its hash is stored. */
export async function givePass(purpose: PassPurpose, userId: number, clock: Now): Promise<string> {
  const pass = MAKE[purpose]()
  await remember(hashOf(purpose, pass), userId, PASS_MS[purpose], clock)
  return pass
}

/** Whose pass this is while it can still be used, or null. Does not use it. */
export async function holderOf(purpose: PassPurpose, pass: string, clock: Now) {
  const row = await OneUseKey.find(hashOf(purpose, pass))
  return row && row.usedAt === null && row.expiresAt > clock.now() ? row.userId : null
}

/** Uses a pass: answers whose it is once, then null, as for one that is too old or was never given. */
export function takePass(purpose: PassPurpose, pass: string, clock: Now): Promise<number | null> {
  return writeTransaction((client) => takePassWithin(client, purpose, pass, clock))
}

/** The same, seen from inside a transaction that does what the pass is good for. */
export async function takePassWithin(
  client: TransactionClientContract,
  purpose: PassPurpose,
  pass: string,
  clock: Now
): Promise<number | null> {
  const row = await OneUseKey.query({ client })
    .where('hash', hashOf(purpose, pass))
    .whereNull('used_at')
    .where('expires_at', '>', clock.now())
    .forUpdate()
    .first()
  await row?.merge({ usedAt: clock.now() }).save()
  return row?.userId ?? null
}

/** Notes a nonce of others for so long; false when it has been seen within that time. */
export function isFirstUse(nonce: string, forMs: number, clock: Now): Promise<boolean> {
  return remember(hashOf('nonce', nonce), null, forMs, clock)
}

function remember(hash: string, userId: number | null, forMs: number, clock: Now) {
  const now = clock.now()
  const row = { hash, user_id: userId, expires_at: now + forMs, created_at: now }
  return writeTransaction(async (client) => {
    await OneUseKey.query({ client }).where('expires_at', '<=', now).delete()
    return (await insertRows(client, TABLE, [row])) === 1
  })
}

function hashOf(purpose: PassPurpose | 'nonce', key: string): string {
  const said = purpose === 'bind' ? key.toUpperCase() : key
  return createHash('sha256').update(`${purpose}:${said}`).digest('hex')
}
