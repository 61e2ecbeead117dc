import { hash } from 'node:crypto'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { canonicalJson, type Json } from '#foundation/text/canonical_json'
import AuditEvent, { type AuditActor } from '#models/audit_event'

/** What the first event of each order holds as the hash of the one before. */
const BEGINNING = '0'.repeat(64)

export interface AuditEntry {
  orderId: number
  actor: AuditActor
  /** What was done, as a code: `announced`, `moved`, `verification_failed` … */
  action: string
  before: { [name: string]: Json } | null
  after: { [name: string]: Json } | null
}

/**
 * Adds an event to the chain of an order, in the transaction that makes the change.
 *
 * @param now epoch milliseconds
 */
export async function recordChange(
  trx: TransactionClientContract,
  { orderId, actor, action, before, after }: AuditEntry,
  now: number
): Promise<void> {
  // Two changes of one order at once would both follow the same event. SQLite has one writer as it is.
  await trx.from('orders').where('id', orderId).forUpdate().select('id')
  const last = await AuditEvent.query({ client: trx })
    .where('order_id', orderId)
    .orderBy('position', 'desc')
    .first()

  const event = {
    orderId,
    position: (last?.position ?? 0) + 1,
    actor,
    action,
    before: before && canonicalJson(before),
    after: after && canonicalJson(after),
    createdAt: now,
    prevHash: last?.hash ?? BEGINNING,
  }
  await AuditEvent.create({ ...event, hash: hashOf(event) }, { client: trx })
}

type Hashed = Pick<
  AuditEvent,
  'orderId' | 'position' | 'actor' | 'action' | 'before' | 'after' | 'createdAt' | 'prevHash'
>

/** SHA-256 of the canonical JSON of all that an event says, in lower-case hex. */
function hashOf(event: Hashed): string {
  const { orderId, position, actor, action, before, after, createdAt, prevHash } = event
  const said = { orderId, position, actor, action, before, after, createdAt, prevHash }
  return hash('sha256', canonicalJson(said))
}

/**
 * The first event of an order's chain that was changed, or before which one is missing; null where
 * the chain holds.
 *
 * @param events all of one order, by their position
 */
export function brokenLink(events: readonly (Hashed & { hash: string })[]): number | null {
  let prevHash = BEGINNING
  for (const [index, event] of events.entries()) {
    const isNext = event.position === index + 1 && event.prevHash === prevHash
    if (!isNext || event.hash !== hashOf(event)) {
      return event.position
    }
    prevHash = event.hash
  }
  return null
}
