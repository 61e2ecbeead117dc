import { WEBHOOK } from '#webhooks/sending/webhook_subscribers'
import db from '@adonisjs/lucid/services/db'
import { pushStats } from '#webhooks/endpoints/push_stats'
import type { AttemptCount, PushStats } from '#webhooks/endpoints/push_stats'
import { jsonIds } from '#foundation/db/json_rows'
import { letOthersIn } from '#foundation/clock'
import { rowsOf } from '#foundation/db/statement'

export interface DeliveryStats extends PushStats {
  endpoints: (PushStats & { id: number })[]
}

/**
 * The figures of the endpoints of one owner (a user's id) or of all (null), together and of each;
 * with all, deleted ones count in the sum. Read from `delivery_stats`, which holds a few hundred
 * rows for each endpoint however much it was sent; others are let in between.
 */
export async function deliveryStats(owner: number | null = null): Promise<DeliveryStats> {
  const endpoints: DeliveryStats['endpoints'] = []
  const own: AttemptCount[] = []
  for await (const { id, counts } of countsOf(await endpointIds(owner))) {
    endpoints.push({ id, ...pushStats(counts) })
    if (owner !== null) own.push(...counts)
  }
  return { ...pushStats(owner === null ? await countsOfAll() : own), endpoints }
}

/** The figures of the endpoints of one owner together, or of all (null), also of deleted ones. */
export async function totalStats(owner: number | null): Promise<PushStats> {
  if (owner === null) return pushStats(await countsOfAll())
  const own: AttemptCount[] = []
  for await (const { counts } of countsOf(await endpointIds(owner))) own.push(...counts)
  return pushStats(own)
}

/** The figures of some endpoints, by their ids. */
export async function statsOf(ids: readonly number[]): Promise<Map<number, PushStats>> {
  const stats = new Map<number, PushStats>()
  for await (const { id, counts } of countsOf(ids)) {
    stats.set(id, pushStats(counts))
  }
  return stats
}

async function endpointIds(owner: number | null): Promise<number[]> {
  const query = db.from('webhook_endpoints').orderBy('id').select('id')
  const rows: { id: number | string }[] = await (owner === null
    ? query
    : query.where('owner_id', owner))
  return rows.map(({ id }) => Number(id))
}

/** Endpoints whose counts are read at once: each has a few hundred. */
const ENDPOINTS_AT_ONCE = 20

const SUMS = `outcome, duration_ms, sum(attempts) as attempts, sum(total_ms) as total_ms,
  max(last_at) as last_at`

type Row = Record<keyof AttemptCount, unknown>

/** The counts of some endpoints, a few endpoints at a time. */
async function* countsOf(
  ids: readonly number[]
): AsyncGenerator<{ id: number; counts: AttemptCount[] }> {
  for (let first = 0; first < ids.length; first += ENDPOINTS_AT_ONCE) {
    const some = ids.slice(first, first + ENDPOINTS_AT_ONCE)
    const client = db.connection()
    const rows = await rowsOf<Row & { target_id: number | string }>(
      client,
      `select target_id, outcome, duration_ms, attempts, total_ms, last_at
       from delivery_stats where channel = ? and target_id in ${jsonIds(client)}`,
      [WEBHOOK, JSON.stringify(some)]
    )
    const byEndpoint = Map.groupBy(rows, ({ target_id: id }) => Number(id))
    for (const id of some) {
      yield { id, counts: (byEndpoint.get(id) ?? []).map(toCount) }
    }
    await letOthersIn()
  }
}

/**
 * The counts of all endpoints, also of those that were deleted, added up by the database for a few
 * endpoints at a time.
 */
export async function countsOfAll(): Promise<AttemptCount[]> {
  const sums: AttemptCount[] = []
  let after = 0
  for (;;) {
    const through = await lastOfNext(after)
    if (through === null) {
      return sums
    }
    const rows = await rowsOf<Row>(
      db.connection(),
      `select ${SUMS} from delivery_stats where channel = ? and target_id > ? and target_id <= ?
       group by outcome, duration_ms`,
      [WEBHOOK, after, through]
    )
    sums.push(...rows.map(toCount))
    after = through
    await letOthersIn()
  }
}

/** Of the next endpoints that have counts the last one; null when there are no more. */
async function lastOfNext(after: number): Promise<number | null> {
  const [last] = await rowsOf<{ id: number | string | null }>(
    db.connection(),
    `with recursive hop (id, number) as (
       select min(target_id), 1 from delivery_stats where channel = ? and target_id > ?
       union all
       select (
         select min(target_id) from delivery_stats where channel = ? and target_id > hop.id
       ), number + 1
       from hop where hop.id is not null and number < ${ENDPOINTS_AT_ONCE})
     select max(id) as id from hop`,
    [WEBHOOK, after, WEBHOOK]
  )
  return last!.id === null ? null : Number(last!.id)
}

function toCount(row: Row): AttemptCount {
  return {
    outcome: String(row.outcome),
    duration_ms: Number(row.duration_ms),
    attempts: Number(row.attempts),
    total_ms: Number(row.total_ms),
    last_at: Number(row.last_at),
  }
}
