import db from '@adonisjs/lucid/services/db'
import type { FactRetention } from '#facts/retention'
import type { Clock } from '#foundation/clock'
import { gotAhead } from '#foundation/rounds'
import { OFF_CHAIN_BLOCK } from '#collectors/store/stored_logs'
import { createCursor } from '#collectors/store/cursor'

/** Rows per DELETE: few enough that other processes hardly wait for the write lock. */
const ROWS_PER_DELETE = 1_000

/**
 * Deletes facts that are older than their table keeps them, in small batches, oldest block first.
 *
 * @returns how many rows were deleted
 */
export async function pruneFacts(
  chainId: number,
  retention: FactRetention,
  clock: Clock,
  signal?: AbortSignal
): Promise<number> {
  let deleted = 0
  for (const [table, keptMs] of Object.entries(retention)) {
    let old: number[]
    do {
      const before = clock.now() - keptMs
      const standing = await oldestStanding(table, chainId, before)
      if (standing.length > 0) {
        // Oldest first: the last one is of the newest block.
        await notePruned(chainId, table, standing.at(-1)!.block, clock.now())
      }
      old = [...standing.map(({ id }) => id), ...(await removed(table, chainId, before))]
      await db.from(table).whereIn('id', old).delete()
      deleted += old.length
      gotAhead()
    } while (old.length >= ROWS_PER_DELETE && !signal?.aborted)
  }
  return deleted
}

/** Walks the index of blocks from its old end, so that it costs nothing when nothing is old. */
async function oldestStanding(table: string, chainId: number, before: number) {
  const rows = await db
    .from(table)
    .where('chain_id', chainId)
    .where('block_number', '>', OFF_CHAIN_BLOCK)
    .whereNull('removed_at')
    .orderBy('block_number')
    .limit(ROWS_PER_DELETE)
    .select('id', 'block_number', 'event_time')

  return rows
    .filter((row) => Number(row.event_time) < before)
    .map((row) => ({ id: Number(row.id), block: Number(row.block_number) }))
}

/** Facts that reorgs took back are few and have an index of their own. */
async function removed(table: string, chainId: number, before: number): Promise<number[]> {
  const rows = await db
    .from(table)
    .where('chain_id', chainId)
    .whereNotNull('removed_at')
    .where('event_time', '<', before)
    .limit(ROWS_PER_DELETE)
    .select('id')

  return rows.map((row) => Number(row.id))
}

/** A cursor for each table: retention has removed old facts up to that block. */
const cursorOf = (chainId: number, table: string) => `pruned:${chainId}:${table}`

/** Stores that facts up to this block are removed from a table, before they are. */
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
