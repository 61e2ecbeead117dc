import type { ListedEndpoint } from '#webhooks/endpoints/list_endpoints'
import type { PushStats } from '#webhooks/endpoints/push_stats'
import type DeliveryAttempt from '#models/delivery_attempt'
import { healthOf } from '#views/operator/endpoint_health'
import { pushFigures } from '#views/operator/push_figures'
import type { Reader } from '#views/operator/reader'
import { sparkline } from '#views/operator/sparkline'
import { reasonText } from '#views/reason_text'

interface Known {
  stats: PushStats
  attempts: readonly DeliveryAttempt[]
}

/** An endpoint as a line of the list. */
export function endpointRow(endpoint: ListedEndpoint, { stats, attempts }: Known, reader: Reader) {
  const { failing_since: failingSince } = endpoint
  return {
    id: endpoint.id,
    url: endpoint.url,
    description: endpoint.description,
    isOfEnvironment: endpoint.origin === 'env',
    eventTypes: endpoint.event_types,
    health: healthOf(endpoint),
    failingSince: failingSince === null ? null : reader.localTime(failingSince),
    reason: reasonText(endpoint.state_reason, reader),
    pending: endpoint.pending.toLocaleString(reader.locale),
    figures: pushFigures(stats, reader),
    sparkline: sparkline(attempts),
  }
}
