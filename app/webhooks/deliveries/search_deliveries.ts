import db from '@adonisjs/lucid/services/db'
import { idBounds } from '#foundation/db/id_bounds'
import { boundedWalk } from '#foundation/walk/bounded_walk'
import type { Page, PageWindow } from '#foundation/walk/page'
import NotificationJob from '#models/notification_job'
import { jobChecks } from '#webhooks/deliveries/delivery_filters'
import type { DeliveryFilters } from '#webhooks/deliveries/delivery_filters'
import { waysToJobs } from '#webhooks/deliveries/ways_to_jobs'

const NONE = { rows: [], below: null }

/**
 * Deliveries of one owner (a user's id) or of all (null), newest first. Costs the same however many
 * there are: where a filter leaves too few of those that were looked at, there are fewer than
 * `limit`, and `below` says where to go on.
 */
export async function searchDeliveries(
  owner: number | null,
  filters: DeliveryFilters,
  { before = Infinity, limit }: PageWindow
): Promise<Page<NotificationJob>> {
  const client = db.connection()
  const endpoints = await visibleEndpoints(owner, filters.endpoint_id)
  if (endpoints?.length === 0) {
    return NONE
  }
  const { after, through } = await idBounds(client, 'notification_jobs', filters)
  const { rows, below } = await boundedWalk(client, {
    table: 'notification_jobs',
    columns: ['*'],
    ways: await waysToJobs(client, filters, endpoints),
    checks: jobChecks(client, filters, endpoints),
    after: filters.since === undefined ? 0 : after,
    before: Math.min(through + 1, before),
    limit,
  })
  const jobs = rows.map((row) => NotificationJob.$createFromAdapterResult(row) as NotificationJob)
  return { rows: jobs, below }
}

/** Null stands for all. */
async function visibleEndpoints(owner: number | null, wanted?: number): Promise<number[] | null> {
  if (owner === null) {
    return wanted === undefined ? null : [wanted]
  }
  const query = db.from('webhook_endpoints').where('owner_id', owner).select('id')
  if (wanted !== undefined) query.where('id', wanted)
  const rows: { id: number | string }[] = await query
  return rows.map(({ id }) => Number(id))
}
