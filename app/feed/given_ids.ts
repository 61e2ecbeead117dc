import db from '@adonisjs/lucid/services/db'
import { newestPosition } from '#feed/feed_events'
import { furthest, hasReached, typesOf, type StreamPosition } from '#feed/stream_position'
import { factTypes } from '#facts/registry'
import type { FactType } from '#facts/registry'

/**
 * Whether a position is beyond every fact that there ever was. What was deleted since counts: the
 * newest rows of a table may be the ones whose time is over.
 */
export async function isBeyond(position: StreamPosition): Promise<boolean> {
  const types = typesOf(position)
  const [there, given] = await Promise.all([newestPosition(types), lastGiven(types)])
  return !hasReached(furthest(there, given), position)
}

/** The last id that the database has given to each kind of fact; 0 before the first. */
async function lastGiven(types: readonly FactType[]): Promise<StreamPosition> {
  const ids = types.map(async (type) => [type, await lastIdOf(factTypes[type].table)])
  return Object.fromEntries(await Promise.all(ids))
}

async function lastIdOf(table: string): Promise<number> {
  if (db.connection().dialect.name === 'postgres') {
    const sequence = `select pg_sequence_last_value(pg_get_serial_sequence(?, 'id')) as id`
    const { rows } = await db.rawQuery(sequence, [table])
    return Number(rows[0].id ?? 0)
  }
  const row = await db.from('sqlite_sequence').where('name', table).select('seq').first()
  return Number(row?.seq ?? 0)
}
