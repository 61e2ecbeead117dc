import { TransientError } from '#foundation/errors'
import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import ScanCursor from '#models/scan_cursor'
import type { SeenHead } from '#collectors/chain_reader'

/** A place on the chain: everything up to and including this block has been read. */
export interface Position {
  blockNumber: number
  /** Null where the block itself was not seen: before the first run. */
  blockHash: string | null
}

/** Whether what was read next is joined to the block at a position. */
export function follows({ blockHash }: Position, { parentHash }: { parentHash: string }): boolean {
  return blockHash === null || parentHash === blockHash
}

/** The stored cursor is not where the scanner left it: nothing of its transaction may be stored. */
export class CursorMovedError extends TransientError {
  constructor(name: string, believed: Position) {
    super('cursor_moved', `the position of "${name}" is no longer block ${believed.blockNumber}`)
  }
}

export async function findCursor(name: string): Promise<Position | null> {
  const cursor = await ScanCursor.find(name)
  return cursor && { blockNumber: cursor.blockNumber, blockHash: cursor.blockHash }
}

/** Starts a cursor at `at`, unless there is one already; what is read comes after it. */
export async function createCursor(name: string, chainId: number, at: Position, now: number) {
  await db
    .knexQuery()
    .table('scan_cursors')
    .insert({
      name,
      chain_id: chainId,
      from_block: at.blockNumber + 1,
      block_number: at.blockNumber,
      block_hash: at.blockHash,
      updated_at: now,
    })
    .onConflict()
    .ignore()
}

/** Sets a cursor back to `at`, wherever it is; what is read comes after it. */
export async function restartCursor(name: string, chainId: number, at: Position, now: number) {
  await createCursor(name, chainId, at, now)
  await db.from('scan_cursors').where('name', name).update({
    block_number: at.blockNumber,
    block_hash: at.blockHash,
    updated_at: now,
  })
}

/** Keeps blocks, both ends included, in mind under a name, together with those that are kept there. */
export async function rememberRange(
  name: string,
  chainId: number,
  blocks: { from: number; to: number },
  now: number
) {
  const kept = await rangeOf(name)
  await createCursor(name, chainId, { blockNumber: blocks.from - 1, blockHash: null }, now)
  await db
    .from('scan_cursors')
    .where('name', name)
    .update({
      from_block: Math.min(blocks.from, kept?.from ?? Infinity),
      block_number: Math.max(blocks.to, kept?.to ?? 0),
      updated_at: now,
    })
}

/** The blocks that are kept in mind under a name. */
export async function rangeOf(name: string): Promise<{ from: number; to: number } | null> {
  const kept = await ScanCursor.find(name)
  return kept && { from: kept.fromBlock, to: kept.blockNumber }
}

export async function forgetRange(name: string) {
  await db.from('scan_cursors').where('name', name).delete()
}

/**
 * Moves the cursor from where its scanner believes it to be, in the transaction that stores what
 * was read on the way. After a commit that failed unnoticed, or because of another process, it may be
 * elsewhere: the blocks between would be skipped.
 *
 * @throws CursorMovedError when it is elsewhere; the transaction must not commit
 */
export async function moveCursor(
  trx: TransactionClientContract,
  name: string,
  from: Position,
  to: Position,
  head: SeenHead,
  now: number
) {
  const moved = await trx
    .from('scan_cursors')
    .where({ name, block_number: from.blockNumber, block_hash: from.blockHash })
    .update({
      block_number: to.blockNumber,
      block_hash: to.blockHash,
      head_block: head.number,
      head_late_ms: head.lateMs,
      updated_at: now,
    })

  if (Number(moved) !== 1) {
    throw new CursorMovedError(name, from)
  }
}

/**
 * Moves a cursor that no fact is written with, from where it is believed to be.
 *
 * @returns whether it was there
 */
export async function moveAlone(
  name: string,
  from: number,
  to: number,
  now: number
): Promise<boolean> {
  const moved = await db
    .from('scan_cursors')
    .where({ name, block_number: from })
    .update({ block_number: to, updated_at: now })
  return Number(moved) === 1
}
