import db from '@adonisjs/lucid/services/db'
import { createCursor } from '#collectors/store/cursor'

/** Cursors of what retention has removed: everything up to that block, as far as it was old. */
const cursorOf = (chainId: number, table: string) => `pruned:${chainId}:${table}`

/** Notes that facts of blocks up to this one are removed from a table. Comes before the removal itself. */
export async function notePruned(chainId: number, table: string, blockNumber: number, now: number) {
  const name = cursorOf(chainId, table)
  await createCursor(name, chainId, { blockNumber, blockHash: null }, now)
  await db
    .from('scan_cursors')
    .where('name', name)
    .where('block_number', '<', blockNumber)
    .update({ block_number: blockNumber, updated_at: now })
}

/** The newest block of which retention has removed facts, by table. */
export async function prunedBlocks(chainId: number): Promise<Map<string, number>> {
  const prefix = cursorOf(chainId, '')
  const cursors = await db.from('scan_cursors').whereLike('name', `${prefix}%`)
  return new Map(
    cursors.map(({ name, block_number: block }) => [name.slice(prefix.length), Number(block)])
  )
}
