import db from '@adonisjs/lucid/services/db'
import { systemClock } from '#foundation/clock'
import { factTypes, type FactRow } from '#models/fact_types'
import { settledRows } from '#feed/settled_rows'
import type { FeedBatch, FeedEvent, StreamedType, StreamPosition } from '#feed/stream_position'

/** Where the stream stands now. */
export async function newestPosition(): Promise<StreamPosition> {
  const newest = async (type: StreamedType) => {
    const [row] = await db.from(factTypes[type].table).max('id as id')
    return Number(row.id ?? 0)
  }
  return { launch: await newest('launch'), trade: await newest('trade') }
}

/** Up to `limit` facts stored after the position, each kind in the order of its ids. */
export async function readFeedBatch(after: StreamPosition, limit: number): Promise<FeedBatch> {
  const launches = await readAfter('launch', after.launch, limit)
  const trades = await readAfter('trade', after.trade, limit)

  const events: FeedEvent[] = []
  let position = after
  for (let read = 0; read < limit && launches.length + trades.length > 0; read++) {
    const type = isEarlier(launches[0], trades[0]) ? 'launch' : 'trade'
    const row = (type === 'launch' ? launches : trades).shift()!
    position = { ...position, [type]: Number(row.id) }
    if (row.removed_at === null) events.push({ type, row, position })
  }
  return { events, position, isComplete: launches.length + trades.length === 0 }
}

async function readAfter(type: StreamedType, id: number, limit: number): Promise<FactRow[]> {
  const rows = await db
    .from(factTypes[type].table)
    .select([...factTypes[type].columns, 'created_at', 'removed_at'])
    .where('id', '>', id)
    .orderBy('id')
    .limit(limit + 1)

  // SQLite writes one transaction at a time: its ids become visible in order.
  return db.connection().dialect.name === 'postgres'
    ? settledRows(rows, id, systemClock.now())
    : rows
}

function isEarlier(launch: FactRow | undefined, trade: FactRow | undefined): boolean {
  if (!launch || !trade) return launch !== undefined
  const blocks = Number(launch.block_number) - Number(trade.block_number)
  return blocks === 0 ? Number(launch.log_index) < Number(trade.log_index) : blocks < 0
}
