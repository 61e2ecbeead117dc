import db from '@adonisjs/lucid/services/db'
import { systemClock } from '#foundation/clock'
import { settledRows } from '#foundation/db/settled_rows'
import { factTypes } from '#facts/registry'
import type { FactRow } from '#facts/define_fact'
import type { FactType } from '#facts/registry'
import { typesOf } from '#feed/stream_position'
import type { FeedBatch, FeedEvent, StreamPosition } from '#feed/stream_position'

/** Where a stream of these facts stands now. */
export async function newestPosition(types: readonly FactType[]): Promise<StreamPosition> {
  const newest = types.map(async (type) => {
    const [row] = await db.from(factTypes[type].table).max('id as id')
    return [type, Number(row.id ?? 0)]
  })
  return Object.fromEntries(await Promise.all(newest))
}

/** Up to `limit` facts of its kinds stored after the position, each kind in the order of its ids. */
export async function readFeedBatch(after: StreamPosition, limit: number): Promise<FeedBatch> {
  const waiting: Waiting[] = []
  for (const type of typesOf(after)) {
    waiting.push({ type, rows: await readAfter(type, after[type]!, limit) })
  }

  const events: FeedEvent[] = []
  let position = after
  for (let read = 0; read < limit; read++) {
    const next = nextOf(waiting)
    if (!next) break
    const row = next.rows.shift()!
    position = { ...position, [next.type]: Number(row.id) }
    if (row.removed_at === null) events.push({ type: next.type, row, position })
  }
  return { events, position, isComplete: !nextOf(waiting) }
}

interface Waiting {
  type: FactType
  rows: FactRow[]
}

async function readAfter(type: FactType, id: number, limit: number): Promise<FactRow[]> {
  const rows = await db
    .from(factTypes[type].table)
    .select(factTypes[type].plannedColumns)
    .where('id', '>', id)
    .orderBy('id')
    .limit(limit + 1)

  // SQLite writes one transaction at a time: its ids become visible in order.
  return db.connection().dialect.name === 'postgres'
    ? settledRows(rows, id, systemClock.now())
    : rows
}

/** The kind whose first fact comes first: what is on no chain, then what is earlier on it. */
function nextOf(waiting: readonly Waiting[]): Waiting | undefined {
  return waiting
    .filter(({ rows }) => rows.length > 0)
    .reduce<Waiting | undefined>((first, other) => {
      return first && isEarlier(first.rows[0]!, other.rows[0]!) ? first : other
    }, undefined)
}

function isEarlier(one: FactRow, other: FactRow): boolean {
  const blocks = Number(one.block_number ?? 0) - Number(other.block_number ?? 0)
  return blocks === 0 ? Number(one.log_index ?? 0) < Number(other.log_index ?? 0) : blocks < 0
}
