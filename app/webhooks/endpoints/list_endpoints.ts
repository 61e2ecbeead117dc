import { WEBHOOK } from '#webhooks/sending/webhook_subscribers'
import db from '@adonisjs/lucid/services/db'
import type { Disabling } from '#delivery/reason_words'
import { readPage } from '#foundation/walk/page'
import type { Page, PageWindow } from '#foundation/walk/page'
import WebhookEndpoint from '#models/webhook_endpoint'
import type { EndpointOrigin, EndpointState } from '#models/webhook_endpoint'
import { inJobClass, JOB_CLASSES } from '#delivery/queue/job'

/** Secrets are not read: a list works with another APP_KEY, too. */
const OPEN_COLUMNS = WebhookEndpoint.$columns.filter((column) => column !== 'secrets')

/** An endpoint as its operator sees it, without its secrets. Times are epoch milliseconds. */
export interface ListedEndpoint extends EndpointActivity {
  id: number
  url: string
  description: string | null
  origin: EndpointOrigin
  event_types: string[]
  state: EndpointState
  /** Why it is out of service, if it is. */
  disabling: Disabling
  failing_since: number | null
  created_at: number
}

/** How an endpoint does, without the rest of it. */
export type EndpointCondition = Pick<ListedEndpoint, 'id' | 'state' | 'failing_since'>

/** How the endpoints of one owner (a user's id) or of all (null) do, for what sorts or counts them. */
export async function endpointConditions(owner: number | null): Promise<EndpointCondition[]> {
  const query = db.from('webhook_endpoints').select('id', 'state', 'failing_since')
  if (owner !== null) query.where('owner_id', owner)
  const rows: Record<keyof EndpointCondition, any>[] = await query
  return rows.map(({ id, state, failing_since: since }) => {
    return { id: Number(id), state, failing_since: since === null ? null : Number(since) }
  })
}

/**
 * All endpoints, or those with these ids, in the order of their ids. Costs as much as they are and
 * have pending jobs, not as was ever sent.
 */
export async function listEndpoints(ids?: readonly number[]): Promise<ListedEndpoint[]> {
  const query = WebhookEndpoint.query()
    .select([...OPEN_COLUMNS])
    .orderBy('id')
  if (ids) query.whereIn('id', [...ids])
  const endpoints = await query
  const activityOf = await endpointActivity(endpoints.map(({ id }) => id))

  return endpoints.map((endpoint) => ({
    id: endpoint.id,
    url: endpoint.url,
    description: endpoint.description,
    origin: endpoint.origin,
    event_types: endpoint.eventTypes,
    state: endpoint.state,
    disabling: endpoint,
    ...activityOf(endpoint.id),
    failing_since: endpoint.failingSince,
    created_at: endpoint.createdAt,
  }))
}

/** Endpoints of one owner (a user's id) or of all (null), newest first. */
export function listEndpointPage(
  owner: number | null,
  window: PageWindow
): Promise<Page<WebhookEndpoint>> {
  const query = WebhookEndpoint.query().select([...OPEN_COLUMNS])
  if (owner !== null) query.where('owner_id', owner)
  return readPage(query, window)
}

export interface EndpointActivity {
  /** Jobs that wait to be sent for the first time or again. */
  pending: number
  /** When it last accepted something, in epoch milliseconds. */
  last_success_at: number | null
}

const NO_ACTIVITY: EndpointActivity = { pending: 0, last_success_at: null }

/** The activity of some endpoints. Costs as much as their pending jobs, not as was ever sent. */
export async function endpointActivity(
  ids: readonly number[]
): Promise<(id: number) => EndpointActivity> {
  const activity = new Map(ids.map((id) => [id, { ...NO_ACTIVITY }]))

  for (const jobClass of JOB_CLASSES) {
    const rows = await db
      .from('notification_jobs')
      .whereRaw(inJobClass[jobClass])
      .where('channel', WEBHOOK)
      .whereIn('target_id', [...ids])
      .groupBy('target_id')
      .select('target_id')
      .count('* as jobs')
    for (const { target_id: id, jobs } of rows) {
      activity.get(Number(id))!.pending += Number(jobs)
    }
  }

  const successes = await db
    .from('delivery_stats')
    .where({ channel: WEBHOOK, outcome: 'accepted' })
    .whereIn('target_id', [...ids])
    .groupBy('target_id')
    .select('target_id')
    .max('last_at as last_at')
  for (const { target_id: id, last_at: at } of successes) {
    activity.get(Number(id))!.last_success_at = Number(at)
  }
  return (id) => activity.get(id) ?? NO_ACTIVITY
}
