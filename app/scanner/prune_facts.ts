import db from '@adonisjs/lucid/services/db'
import type { Clock } from '#foundation/clock'

/** Rows per DELETE: short enough that nobody waits for the write lock. */
const ROWS_PER_DELETE = 1_000

/** How long each kind of fact is kept, in milliseconds; a table that is not named is kept for ever. */
export type Retention = Partial<Record<'launch_events' | 'pools' | 'trades', number>>

/**
 * Deletes facts that are older than their table keeps them, in small batches.
 *
 * @returns how many rows were deleted
 */
export async function pruneFacts(
  retention: Retention,
  clock: Clock,
  signal?: AbortSignal
): Promise<number> {
  let deleted = 0
  for (const [table, keptMs] of Object.entries(retention)) {
    let batch = ROWS_PER_DELETE
    while (batch === ROWS_PER_DELETE && !signal?.aborted) {
      const old = db
        .from(table)
        .where('event_time', '<', clock.now() - keptMs)
        .whereNotNull('planned_at')
        .orderBy('id')
        .limit(ROWS_PER_DELETE)
        .select('id')
      batch = Number(await db.from(table).whereIn('id', old).delete())
      deleted += batch
    }
  }
  return deleted
}
