import type { DeliveryStats } from '#delivery/endpoints/endpoint_stats'
import type { ListedEndpoint } from '#delivery/endpoints/list_endpoints'
import type DeliveryAttempt from '#models/delivery_attempt'
import type { EndpointPage } from '#transformers/operator/endpoint_page'
import { endpointRow } from '#transformers/operator/endpoint_row'
import { pushFigures } from '#transformers/operator/push_figures'
import type { Reader } from '#transformers/operator/reader'

interface Stored {
  endpoints: readonly ListedEndpoint[]
  page: EndpointPage
  stats: DeliveryStats
  attempts: ReadonlyMap<number, DeliveryAttempt[]>
}

/** The list of endpoints with their health, and what they are together. */
export function endpointListView(stored: Stored, reader: Reader) {
  const { endpoints, page, stats, attempts } = stored
  const statsById = new Map(stats.endpoints.map((one) => [one.id, one]))
  const { shown, ...links } = page
  return {
    ...links,
    totals: {
      ...pushFigures(stats, reader),
      pending: endpoints
        .reduce((sum, { pending }) => sum + pending, 0)
        .toLocaleString(reader.locale),
    },
    rows: shown.flatMap((endpoint) => {
      const known = statsById.get(endpoint.id)
      const recent = attempts.get(endpoint.id) ?? []
      return known ? [endpointRow(endpoint, { stats: known, attempts: recent }, reader)] : []
    }),
  }
}
