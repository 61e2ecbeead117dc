import db from '@adonisjs/lucid/services/db'
import WebhookEndpoint from '#models/webhook_endpoint'
import type { EndpointOrigin, EndpointState } from '#models/webhook_endpoint'
import { endpointActivity, type EndpointActivity } from '#webhooks/endpoints/endpoint_activity'
import { OPEN_COLUMNS } from '#webhooks/endpoints/endpoint_page'

/** An endpoint as people look after it, without its secrets. Times are epoch milliseconds. */
export interface ListedEndpoint extends EndpointActivity {
  id: number
  url: string
  description: string | null
  origin: EndpointOrigin
  event_types: string[]
  state: EndpointState
  state_reason: string | null
  failing_since: number | null
  created_at: number
}

/** How an endpoint does, without the rest of it. */
export type EndpointCondition = Pick<ListedEndpoint, 'id' | 'state' | 'failing_since'>

/** How all endpoints do, for what sorts or counts them. */
export async function endpointConditions(): Promise<EndpointCondition[]> {
  const rows: Record<keyof EndpointCondition, any>[] = await db
    .from('webhook_endpoints')
    .select('id', 'state', 'failing_since')
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
    state_reason: endpoint.stateReason,
    ...activityOf(endpoint.id),
    failing_since: endpoint.failingSince,
    created_at: endpoint.createdAt,
  }))
}
