import type { FactRow, FactType } from '#models/fact_types'
import { wantsEvent } from '#delivery/event_patterns'
import type { PlannedEndpoint } from '#delivery/planned_endpoints'

/** The endpoints that want an event. One gets the facts from its creation on. */
export function audience(
  type: FactType,
  fact: FactRow,
  eventType: string,
  endpoints: readonly PlannedEndpoint[]
): PlannedEndpoint[] {
  return endpoints.filter(
    (endpoint) =>
      Number(fact.created_at) >= endpoint.createdAt &&
      wantsEvent(endpoint.patterns, eventType) &&
      (type !== 'push_alert' || isConcerned(endpoint, fact))
  )
}

/** What befell an endpoint is for its owner and the operator to know, by another endpoint. */
function isConcerned({ id, ownerId }: PlannedEndpoint, alert: FactRow): boolean {
  const isOwn = alert.owner_id !== null && ownerId === Number(alert.owner_id)
  return id !== Number(alert.endpoint_id) && (ownerId === null || isOwn)
}
