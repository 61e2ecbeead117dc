import db from '@adonisjs/lucid/services/db'
import type { DatabaseQueryBuilderContract } from '@adonisjs/lucid/types/querybuilder'
import { idBounds } from '#foundation/id_bounds'
import type { Span } from '#foundation/id_bounds'
import NotificationJob from '#models/notification_job'
import type { JobStatus } from '#models/notification_job'
import { inState } from '#delivery/deliveries/job_states'
import { jobsOfAll, jobsOfEndpoint, jobsOfToken } from '#delivery/deliveries/job_indexes'

/** What a delivery must be to be found. Times are those of planning, in epoch milliseconds. */
export interface DeliveryFilters extends Span {
  state?: JobStatus
  endpoint_id?: number
  event_type?: string
  /** In lower case. */
  token_address?: string
}

interface Page {
  /** Only deliveries with a smaller id. */
  before?: number
  limit: number
}

type Query = DatabaseQueryBuilderContract

/**
 * Deliveries of one owner (a user's id) or of all (null), newest first: one more than a page holds,
 * when there are more. Looks in one index after the other, in each no further than the page goes,
 * so that a search in a million deliveries costs what it finds.
 */
export async function searchDeliveries(
  owner: number | null,
  filters: DeliveryFilters,
  { before = Infinity, limit }: Page
): Promise<NotificationJob[]> {
  const bounds = await idBounds(db.connection(), 'notification_jobs', filters)
  const through = Math.min(bounds.through, before - 1)

  const found: Record<string, unknown>[] = []
  for (const query of await indexes(owner, filters)) {
    narrow(query, filters)
    if (filters.since !== undefined) query.where('job.id', '>', bounds.after)
    query
      .where('job.id', '<=', through)
      .orderBy('job.id', 'desc')
      .limit(limit + 1)
    found.push(...(await query.select('job.*')))
  }
  return found
    .map((row) => NotificationJob.$createFromAdapterResult(row) as NotificationJob)
    .sort((one, other) => other.id - one.id)
    .slice(0, limit + 1)
}

/** The parts of the table to look in; each has an index in the order of the list. */
async function indexes(owner: number | null, filters: DeliveryFilters): Promise<Query[]> {
  const { endpoint_id: endpointId, token_address: token } = filters
  const endpoints = await visibleEndpoints(owner, endpointId)
  if (token !== undefined) {
    return jobsOfToken(token, endpoints)
  }
  return endpoints ? endpoints.map((id) => jobsOfEndpoint(id)) : [jobsOfAll()]
}

/** Null stands for all. */
async function visibleEndpoints(owner: number | null, wanted?: number): Promise<number[] | null> {
  if (owner === null) {
    return wanted === undefined ? null : [wanted]
  }
  const rows: { id: number | string }[] = await db
    .from('webhook_endpoints')
    .where('owner_id', owner)
    .select('id')
  const owned = rows.map(({ id }) => Number(id))
  return wanted === undefined ? owned : owned.filter((id) => id === wanted)
}

function narrow(query: Query, { state, event_type: eventType, since, until }: DeliveryFilters) {
  query.where('job.channel', 'webhook')
  if (state) query.whereRaw(inState[state])
  if (eventType) query.where('job.event_type', eventType)
  if (since !== undefined) query.where('job.created_at', '>=', since)
  if (until !== undefined) query.where('job.created_at', '<', until)
}
