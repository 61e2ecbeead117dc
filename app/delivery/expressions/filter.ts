import { because } from '#models/reasons'
import type { Cause, JobReason } from '#models/reasons'
import { compile, problemOf } from '#delivery/expressions/compile'
import { language, readable, RefusedExpression } from '#delivery/expressions/language'
import { sourceOf } from '#facts/registry'
import type { FactRow } from '#facts/define_fact'
import type { FactType } from '#facts/registry'
import { publicFact } from '#facts/public_fact'

/** What a filter knows of an event; `data` is the public fact as expressions read it. */
export interface FilteredEvent {
  id: string
  event_type: string
  source: string
  data: unknown
}

/** Says why an event is not for the endpoint; null when it is. */
export type Filter = (event: FilteredEvent) => Cause<'filtered' | 'filter_failed'> | null

/** Whether a filter skipped a job, for this reason. */
export function isFiltered(reason: JobReason | null): boolean {
  return reason === 'filtered' || reason === 'filter_failed'
}

const cel = language()

/**
 * A filter that never throws: an event that it cannot judge is skipped, with the reason.
 *
 * @throws RefusedExpression when the text cannot be a filter
 */
export function compileFilter(text: string): Filter {
  const { type, evaluate } = compile(text, cel)
  if (type !== 'bool') {
    const instead = type === 'dyn' ? 'is compared with nothing' : `has the type ${type}`
    throw new RefusedExpression(
      `A filter should be true or false, but this ${instead}. Example: units(data.quote_amount) > 1.0`,
      text,
      null
    )
  }
  return (event) => {
    try {
      return evaluate(event) === true ? null : because('filtered')
    } catch (error) {
      return because('filter_failed', problemOf(error))
    }
  }
}

/** More than endpoints have different expressions, as a rule. */
const MOST = 1000

/** What was made of texts, so that each is made once. The oldest are forgotten first. */
export class Remembered<Value> {
  readonly #known = new Map<string, Value>()

  constructor(private readonly make: (text: string) => Value) {}

  get(text: string): Value {
    const known = this.#known.get(text)
    if (known !== undefined) {
      return known
    }
    const made = this.make(text)
    if (this.#known.size >= MOST) {
      this.#known.delete(this.#known.keys().next().value!)
    }
    this.#known.set(text, made)
    return made
  }
}

const filters = new Remembered(compileStored)

/** The filter of a stored endpoint, compiled once for as long as its text stays the same. */
export function storedFilter(text: string | null): Filter | null {
  return text === null ? null : filters.get(text)
}

/** One that was stored by another version, and means nothing now, leaves out everything. */
function compileStored(text: string): Filter {
  try {
    return compileFilter(text)
  } catch (error) {
    const cause = because('filter_failed', (error as Error).message)
    return () => cause
  }
}

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
