import db from '@adonisjs/lucid/services/db'
import { idBounds } from '#foundation/db/id_bounds'

/** Rows per DELETE: short enough that nobody waits for the write lock. */
const ROWS_AT_ONCE = 1000

/**
 * Deletes the oldest rows of a table that were stored before a time (epoch milliseconds).
 *
 * @returns whether there may be more
 */
export async function deleteOldest(table: string, before: number): Promise<boolean> {
  const { through } = await idBounds(db.connection(), table, { until: before })
  const rows: { id: number | string }[] = await db
    .from(table)
    .where('id', '<=', through)
    .where('created_at', '<', before)
    .orderBy('id')
    .limit(ROWS_AT_ONCE)
    .select('id')
  const ids = rows.map(({ id }) => Number(id))
  if (ids.length > 0) await db.from(table).whereIn('id', ids).delete()
  return ids.length === ROWS_AT_ONCE
}
