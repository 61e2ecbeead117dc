import { sourceOf } from '#models/fact_types'
import type { FactRow, FactType } from '#models/fact_types'
import { publicFact } from '#models/public_fact'
import type { FilteredEvent } from '#delivery/expressions/filter'
import { readable } from '#delivery/expressions/readable'

/** A fact as filters see it: what its event says, whenever it is sent. */
export function filteredEvent(
  type: FactType,
  fact: FactRow,
  eventType: string,
  id: string
): FilteredEvent {
  const data = publicFact(type, fact)
  return { id, event_type: eventType, source: sourceOf(type, data), data: readable(data) }
}
