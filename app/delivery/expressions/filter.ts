import { withQuoteAsset } from '#facts/quote_assets'
import { because } from '#models/reasons'
import type { Cause } from '#models/reasons'
import { compile, problemOf } from '#delivery/expressions/compile'
import { language, readable, RefusedExpression } from '#delivery/expressions/language'

/** What a filter knows of an event; `data` is the public fact. */
export interface FilteredEvent {
  id: string
  event_type: string
  source: string
  data: object
}

/** Why an event is not for the endpoint; null when it is. */
export type FilterCause = Cause<'filtered' | 'filter_failed'> | null

export type Filter = (event: FilteredEvent) => FilterCause

const cel = language()

/**
 * A filter that never throws: an event that it cannot judge is skipped, with the reason.
 *
 * @param fields what `data` may have; null: that was checked when the text was stored
 * @throws RefusedExpression when the text cannot be a filter
 */
export function compileFilter(text: string, fields: readonly string[] | null = null): Filter {
  const { type, evaluate } = compile(text, cel, fields)
  if (type !== 'bool') {
    const instead = type === 'dyn' ? 'is compared with nothing' : `has the type ${type}`
    throw new RefusedExpression(
      `A filter should be true or false, but this ${instead}. Example: data.side == "buy"`,
      text,
      null
    )
  }
  return (event) => {
    try {
      const isWanted = evaluate({ ...event, data: readable(withQuoteAsset(event.data)) })
      return isWanted === true ? null : because('filtered')
    } catch (error) {
      return because('filter_failed', problemOf(error))
    }
  }
}
