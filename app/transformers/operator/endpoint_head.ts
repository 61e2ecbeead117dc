import type WebhookEndpoint from '#models/webhook_endpoint'
import { healthOf } from '#transformers/operator/endpoint_health'
import type { Reader } from '#transformers/operator/reader'
import { reasonText } from '#transformers/reason_text'

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
