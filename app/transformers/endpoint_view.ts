import type WebhookEndpoint from '#models/webhook_endpoint'
import type { EndpointActivity } from '#delivery/endpoints/endpoint_activity'

/**
 * An endpoint as the API shows it. Of its own headers only the names: values are often keys. Times
 * are epoch milliseconds.
 */
export function endpointView(endpoint: WebhookEndpoint, activity: EndpointActivity) {
  return {
    id: endpoint.id,
    url: endpoint.url,
    description: endpoint.description,
    origin: endpoint.origin,
    event_types: endpoint.eventTypes,
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
