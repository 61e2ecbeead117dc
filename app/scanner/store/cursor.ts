import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import ScanCursor from '#models/scan_cursor'

/** A place on the chain: everything up to and including this block has been read. */
export interface Position {
  blockNumber: number
  /** Null where the block itself was not seen: before the first run, and after a wide range. */
  blockHash: string | null
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

/** Moves the cursor, in the transaction that stores what was read on the way. */
export async function moveCursor(
  trx: TransactionClientContract,
  name: string,
  to: Position,
  headBlock: number,
  now: number
) {
  await trx.from('scan_cursors').where('name', name).update({
    block_number: to.blockNumber,
    block_hash: to.blockHash,
    head_block: headBlock,
    updated_at: now,
  })
}

/** Moves a cursor that no fact is written with. */
export async function moveAlone(name: string, blockNumber: number, now: number) {
  await db
    .from('scan_cursors')
    .where('name', name)
    .update({ block_number: blockNumber, updated_at: now })
}
