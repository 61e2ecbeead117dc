import type WebhookEndpoint from '#models/webhook_endpoint'
import { endpointActivity } from '#webhooks/endpoints/list_endpoints'
import type { EndpointActivity } from '#webhooks/endpoints/list_endpoints'

/** Endpoints as the API shows them, with what waits for each. */
export async function endpointViews(endpoints: readonly WebhookEndpoint[]) {
  const activityOf = await endpointActivity(endpoints.map(({ id }) => id))
  return endpoints.map((endpoint) => endpointView(endpoint, activityOf(endpoint.id)))
}

export async function oneEndpointView(endpoint: WebhookEndpoint) {
  const [view] = await endpointViews([endpoint])
  return view!
}

/**
 * Of its own headers only the names are shown: values are often keys. Times are epoch milliseconds.
 */
function endpointView(endpoint: WebhookEndpoint, activity: EndpointActivity) {
  return {
    id: endpoint.id,
    url: endpoint.url,
    description: endpoint.description,
    origin: endpoint.origin,
    event_types: endpoint.eventTypes,
    filter: endpoint.filter,
    template: endpoint.template,
    header_names: Object.keys(endpoint.headers ?? {}),
    ordering: endpoint.ordering,
    concurrency: endpoint.concurrency,
    rate_per_second: endpoint.ratePerSecond,
    batch_size: endpoint.batchSize,
    timeout_ms: endpoint.timeoutMs,
    retry_schedule: endpoint.retrySchedule,
    expiry_ms: endpoint.expiryMs,
    state: endpoint.state,
    state_reason: endpoint.stateReason,
    failing_since: endpoint.failingSince,
    ...activity,
    created_at: endpoint.createdAt,
    updated_at: endpoint.updatedAt,
  }
}
