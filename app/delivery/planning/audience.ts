import { factTypes } from '#facts/registry'
import type { FactRow } from '#facts/define_fact'
import type { FactType } from '#facts/registry'
import { wantsEvent } from '#facts/event_types'
import type { PlannedEndpoint } from '#delivery/planning/planned_endpoints'
import type { Eligibility } from '#delivery/eligibility'

/** The endpoints that want an event and may have it. One gets the facts from its creation on. */
export function audience(
  type: FactType,
  fact: FactRow,
  eventType: string,
  endpoints: readonly PlannedEndpoint[],
  eligibility: Pick<Eligibility, 'mayReceive'>
): PlannedEndpoint[] {
  return endpoints.filter(
    (endpoint) =>
      Number(fact.created_at) >= endpoint.createdAt &&
      wantsEvent(endpoint.patterns, eventType) &&
      isMeantFor(type, fact, endpoint) &&
      eligibility.mayReceive(endpoint, type, fact)
  )
}

function isMeantFor(type: FactType, fact: FactRow, endpoint: PlannedEndpoint): boolean {
  const { isPersonal, ownerColumn } = factTypes[type]
  if (isPersonal) {
    return endpoint.ownerId === null
  }
  return !ownerColumn || isConcerned(endpoint, fact)
}

/**
 * What concerns one user is for that user and the operator to know; what befell an endpoint, by
 * another endpoint.
 */
function isConcerned({ id, ownerId }: PlannedEndpoint, fact: FactRow): boolean {
  const isOwn = fact.owner_id !== null && ownerId === Number(fact.owner_id)
  return id !== Number(fact.endpoint_id) && (ownerId === null || isOwn)
}
