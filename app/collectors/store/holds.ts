import db from '@adonisjs/lucid/services/db'
import { TransientError } from '#foundation/errors'
import ScanHold, { type HoldKind } from '#models/scan_hold'

/** What would be taken back: so many facts, of so many that are covered. Blocks are both included. */
export interface Retraction {
  chainId: number
  kind: HoldKind
  fromBlock: number
  toBlock: number
  facts: number
  covered: number
}

/** Something that would take back too many facts waits until an operator has accepted it. */
export class RetractionHeldError extends TransientError {
  constructor({ facts, fromBlock }: Retraction, id: number) {
    super(
      'held',
      `a reorg after block ${fromBlock - 1} would take back ${facts} facts, which is too much to be ` +
        `true. Check the endpoints; if it is true: node ace scan:holds --accept=${id}`
    )
  }
}

/**
 * Notes that something would take back too much.
 *
 * @returns its number
 */
export async function hold(retraction: Retraction, now: number): Promise<number> {
  const { chainId, kind, fromBlock, toBlock, facts, covered } = retraction
  const seen = { toBlock, facts, covered, seenAt: now }
  const earlier = await openHold(retraction)
  if (earlier) {
    await earlier.merge(seen).save()
    return Number(earlier.id)
  }
  const { id } = await ScanHold.create({ chainId, kind, fromBlock, createdAt: now, ...seen })
  return Number(id)
}

/** Whether an operator has said that this may go on. */
export async function isAccepted(retraction: Retraction): Promise<boolean> {
  const held = await openHold(retraction)
  return held !== null && held.acceptedAt !== null
}

function openHold({ chainId, kind, fromBlock }: Retraction): Promise<ScanHold | null> {
  return ScanHold.query().where({ chainId, kind, fromBlock }).whereNull('endedAt').first()
}

/** What was held among these blocks is over: it was carried out, or is no longer there. */
export async function endHolds(
  { chainId, kind, fromBlock, toBlock }: Omit<Retraction, 'facts' | 'covered'>,
  now: number
) {
  await db
    .from('scan_holds')
    .where({ chain_id: chainId, kind })
    .whereBetween('from_block', [fromBlock, toBlock])
    .whereNull('ended_at')
    .update({ ended_at: now })
}

/** Audits that an operator has accepted and that were not carried out yet. */
export function acceptedAudits(chainId: number): Promise<ScanHold[]> {
  return ScanHold.query()
    .where({ chainId, kind: 'audit' })
    .whereNull('endedAt')
    .whereNotNull('acceptedAt')
}

/**
 * Lets what is held go on.
 *
 * @returns whether there was something
 */
export async function acceptHold(id: number, now: number): Promise<boolean> {
  const held = db.from('scan_holds').where('id', id).whereNull('ended_at')
  return Number(await held.update({ accepted_at: now })) === 1
}
