import WebhookEndpoint from '#models/webhook_endpoint'
import type { EndpointOrigin, EndpointState } from '#models/webhook_endpoint'
import { endpointActivity, type EndpointActivity } from '#delivery/endpoints/endpoint_activity'
import { OPEN_COLUMNS } from '#delivery/endpoints/endpoint_page'

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

/** All endpoints. Costs as much as there are endpoints and pending jobs, not as was ever sent. */
export async function listEndpoints(): Promise<ListedEndpoint[]> {
  const endpoints = await WebhookEndpoint.query()
    .select([...OPEN_COLUMNS])
    .orderBy('id')
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
