import { hash } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import type { Clock } from '#foundation/clock'
import { Refusal } from '#foundation/errors'

/** How long an answer is kept for its key, in milliseconds. */
const KEPT_MS = 24 * 3_600_000

/** After so long without an answer, the process that was at a request is taken for dead, in milliseconds. */
const ABANDONED_MS = 60_000

/** What a request was answered. */
export interface KeptAnswer {
  status: number
  body: unknown
}

interface KeyedRequest {
  /** Who asks, such as `user:7`. At most 32 characters. */
  scope: string
  /** At most 255 characters. */
  key: string
  /** What is asked for, as it came. */
  request: string
  clock: Clock
}

/**
 * Does what a request asks for once for its key: within 24 hours the same request is answered the
 * same. Work that fails leaves the key free.
 *
 * @throws Refusal when the key belongs to another request, or to one that is under way; and what `work` throws
 */
export async function onceForKey(
  keyed: KeyedRequest,
  work: () => Promise<KeptAnswer>
): Promise<KeptAnswer> {
  const { scope, key, request, clock } = keyed
  const requestHash = hash('sha256', request)
  const kept = await take(scope, key, requestHash, clock.now())
  if (kept) {
    return kept
  }
  const row = () => db.from('idempotency_store').where({ scope, key, request_hash: requestHash })
  try {
    const answer = await work()
    await row().update({ status_code: answer.status, response: JSON.stringify(answer.body) })
    return answer
  } catch (error) {
    await row().whereNull('status_code').delete()
    throw error
  }
}

/** Takes the key; answers what is kept for it instead, if there is something. */
async function take(
  scope: string,
  key: string,
  requestHash: string,
  now: number
): Promise<KeptAnswer | null> {
  await db
    .from('idempotency_store')
    .where({ scope, key })
    .where((free) =>
      free
        .where('expires_at', '<=', now)
        .orWhere((dead) =>
          dead.whereNull('status_code').where('created_at', '<', now - ABANDONED_MS)
        )
    )
    .delete()
  const [taken] = await db
    .knexQuery()
    .table('idempotency_store')
    .insert({ scope, key, request_hash: requestHash, created_at: now, expires_at: now + KEPT_MS })
    .onConflict(['scope', 'key'])
    .ignore()
    .returning('id')
  if (taken) {
    return null
  }
  const known = await db.from('idempotency_store').where({ scope, key }).first()
  if (known && known.request_hash !== requestHash) {
    throw refuse('idempotency_key_reused', 'This idempotency key belongs to another request')
  }
  if (!known || known.status_code === null) {
    throw refuse('request_in_progress', 'A request with this idempotency key is under way')
  }
  return { status: known.status_code, body: JSON.parse(known.response) }
}

function refuse(code: string, message: string): Refusal {
  return new Refusal('conflict', code, message, { field: 'idempotency-key' })
}
