import type WebhookEndpoint from '#models/webhook_endpoint'
import { healthOf } from '#views/operator/endpoint_health'
import type { Reader } from '#views/operator/reader'
import { reasonText } from '#views/reason_text'

/** What every page of an endpoint says of it. */
export function endpointHead(endpoint: WebhookEndpoint, reader: Reader) {
  const { failingSince } = endpoint
  return {
    id: endpoint.id,
    url: endpoint.url,
    host: new URL(endpoint.url).host,
    description: endpoint.description,
    health: healthOf({ state: endpoint.state, failing_since: failingSince }),
    failingSince: failingSince === null ? null : reader.localTime(failingSince),
    reason: reasonText(endpoint.stateReason, reader),
    isActive: endpoint.state === 'active',
    isOfEnvironment: endpoint.origin === 'env',
  }
}
