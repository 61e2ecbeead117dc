import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { OperatorError } from '#foundation/operator_error'
import ScanCursor from '#models/scan_cursor'

/** A place on the chain: everything up to and including this block has been read. */
export interface Position {
  blockNumber: number
  /** Null where the block was never seen itself, as before the first run. */
  blockHash: string | null
}

/** Somebody else moved the cursor: two scanners are at work on one database. */
export class CursorMovedError extends OperatorError {
  constructor(name: string) {
    super(`Another scanner moved the cursor "${name}"; this one stops before it writes anything`)
  }
}

export async function findCursor(name: string): Promise<Position | null> {
  const cursor = await ScanCursor.find(name)
  return cursor && { blockNumber: cursor.blockNumber, blockHash: cursor.blockHash }
}

/** Starts a cursor at `position`; what is read comes after it. */
export async function createCursor(name: string, chainId: number, at: Position, now: number) {
  await db.table('scan_cursors').insert({
    name,
    chain_id: chainId,
    from_block: at.blockNumber + 1,
    block_number: at.blockNumber,
    block_hash: at.blockHash,
    updated_at: now,
  })
}

/**
 * Moves the cursor in the transaction that stores what was read on the way.
 *
 * @throws CursorMovedError when it is no longer at `from`
 */
export async function moveCursor(
  trx: TransactionClientContract,
  name: string,
  from: Position,
  to: Position,
  headBlock: number,
  now: number
) {
  const moved = await trx
    .from('scan_cursors')
    .where({ name, block_number: from.blockNumber })
    .update({
      block_number: to.blockNumber,
      block_hash: to.blockHash,
      head_block: headBlock,
      updated_at: now,
    })

  if (Number(moved) !== 1) {
    throw new CursorMovedError(name)
  }
}
