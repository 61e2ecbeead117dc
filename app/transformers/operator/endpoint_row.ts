import type { ListedEndpoint } from '#delivery/endpoints/list_endpoints'
import type { PushStats } from '#delivery/endpoints/push_stats'
import type DeliveryAttempt from '#models/delivery_attempt'
import { healthOf } from '#transformers/operator/endpoint_health'
import { pushFigures } from '#transformers/operator/push_figures'
import type { Reader } from '#transformers/operator/reader'
import { sparkline } from '#transformers/operator/sparkline'
import { reasonText } from '#transformers/reason_text'

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
