import type { ListedEndpoint } from '#webhooks/endpoints/list_endpoints'
import type { PushStats } from '#webhooks/endpoints/push_stats'
import type DeliveryAttempt from '#models/delivery_attempt'
import type { EndpointPage } from '#views/webhook/endpoint_page'
import { pushFigures, healthOf } from '#views/webhook/endpoint_head'
import type { Viewer } from '#http/viewer'
import { sparkline } from '#views/webhook/bars'
import { disablingText } from '#views/reason_text'

interface Stored {
  page: EndpointPage
  /** Those that the page shows. */
  endpoints: readonly ListedEndpoint[]
  stats: ReadonlyMap<number, PushStats>
  attempts: ReadonlyMap<number, DeliveryAttempt[]>
  /** Of all endpoints together. */
  total: PushStats
  /** Jobs that wait, of all endpoints. */
  pending: number
}

/** The list of endpoints with their health, and what they are together. */
export function endpointListView(stored: Stored, viewer: Viewer) {
  const { endpoints, page, stats, attempts, total, pending } = stored
  const byId = new Map(endpoints.map((one) => [one.id, one]))
  const { shown, ...links } = page
  return {
    ...links,
    totals: { ...pushFigures(total, viewer), pending: pending.toLocaleString(viewer.locale) },
    rows: shown.flatMap((id) => {
      const [endpoint, known] = [byId.get(id), stats.get(id)]
      const recent = attempts.get(id) ?? []
      return endpoint && known
        ? [endpointRow(endpoint, { stats: known, attempts: recent }, viewer)]
        : []
    }),
  }
}

interface Known {
  stats: PushStats
  attempts: readonly DeliveryAttempt[]
}

/** An endpoint as a line of the list. */
function endpointRow(endpoint: ListedEndpoint, { stats, attempts }: Known, viewer: Viewer) {
  const { failing_since: failingSince } = endpoint
  return {
    id: endpoint.id,
    url: endpoint.url,
    description: endpoint.description,
    isOfEnvironment: endpoint.origin === 'env',
    eventTypes: endpoint.event_types,
    health: healthOf(endpoint),
    failingSince: failingSince === null ? null : viewer.localTime(failingSince),
    reason: disablingText(endpoint.disabling, viewer),
    pending: endpoint.pending.toLocaleString(viewer.locale),
    figures: pushFigures(stats, viewer),
    sparkline: sparkline(attempts),
  }
}
