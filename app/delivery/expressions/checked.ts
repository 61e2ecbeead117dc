import { because } from '#models/reasons'
import type { JobReason } from '#models/reasons'
import { QUOTE_FIELDS } from '#facts/quote_assets'
import { derived, sourceOf } from '#facts/registry'
import type { FactRow } from '#facts/define_fact'
import type { FactType } from '#facts/registry'
import { publicFact } from '#facts/public_fact'
import { compileFilter } from '#delivery/expressions/filter'
import type { FilterCause, FilteredEvent } from '#delivery/expressions/filter'
import { Remembered } from '#delivery/expressions/remembered'
import { compileTemplate } from '#delivery/expressions/template'

/** What `data` may have: the public columns of all kinds of facts. */
const fields = derived((kinds) => [
  ...new Set(kinds.flatMap(({ columns }) => columns)),
  ...['removed_at', ...QUOTE_FIELDS],
])

/** @throws RefusedExpression when the text cannot be a filter */
export function checkFilter(text: string) {
  compileFilter(text, fields())
}

/** @throws RefusedExpression when the text cannot be a template */
export function checkTemplate(text: string) {
  compileTemplate(text, fields())
}

const faults = new Remembered((text): FilterCause => {
  try {
    checkFilter(text)
    return null
  } catch (error) {
    return because('filter_failed', (error as Error).message)
  }
})

/** Why a stored filter leaves out everything: another version stored it, and it means nothing now. */
export function faultOfStored(filter: string): FilterCause {
  return faults.get(filter)
}

/** Whether a filter skipped a job, for this reason. */
export function isFiltered(reason: JobReason | null): boolean {
  return reason === 'filtered' || reason === 'filter_failed'
}

/** A fact as filters see it: what its event says, whenever it is sent. */
export function filteredEvent(
  type: FactType,
  fact: FactRow,
  eventType: string,
  id: string
): FilteredEvent {
  const data = publicFact(type, fact)
  return { id, event_type: eventType, source: sourceOf(type, data), data }
}
