import db from '@adonisjs/lucid/services/db'
import { countsOf, countsOfAll } from '#webhooks/endpoints/attempt_counts'
import { pushStats } from '#webhooks/endpoints/push_stats'
import type { Count, PushStats } from '#webhooks/endpoints/push_stats'

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
  const own: Count[] = []
  for await (const { id, counts } of countsOf(await endpointIds(owner))) {
    endpoints.push({ id, ...pushStats(counts) })
    if (owner !== null) own.push(...counts)
  }
  return { ...pushStats(owner === null ? await countsOfAll() : own), endpoints }
}

/** The figures of all endpoints together, also of those that were deleted. */
export async function totalStats(): Promise<PushStats> {
  return pushStats(await countsOfAll())
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
