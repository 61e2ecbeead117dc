import type { ListedEndpoint } from '#webhooks/endpoints/list_endpoints'
import type { PushStats } from '#webhooks/endpoints/push_stats'
import type DeliveryAttempt from '#models/delivery_attempt'
import type { EndpointPage } from '#views/operator/endpoint_page'
import { endpointRow } from '#views/operator/endpoint_row'
import { pushFigures } from '#views/operator/push_figures'
import type { Reader } from '#views/operator/reader'

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
export function endpointListView(stored: Stored, reader: Reader) {
  const { endpoints, page, stats, attempts, total, pending } = stored
  const byId = new Map(endpoints.map((one) => [one.id, one]))
  const { shown, ...links } = page
  return {
    ...links,
    totals: { ...pushFigures(total, reader), pending: pending.toLocaleString(reader.locale) },
    rows: shown.flatMap((id) => {
      const [endpoint, known] = [byId.get(id), stats.get(id)]
      const recent = attempts.get(id) ?? []
      return endpoint && known
        ? [endpointRow(endpoint, { stats: known, attempts: recent }, reader)]
        : []
    }),
  }
}
