import {
  Remembered,
  storedFilter,
  compileFilter,
  filteredEvent,
} from '#delivery/expressions/filter'
import { OperatorError } from '#foundation/errors'
import { didYouMean } from '#foundation/text/nearest_word'
import { eventTypeOf } from '#facts/registry'
import type { FactRow } from '#facts/define_fact'
import { displayText } from '#feed/display_text'
import { quoteSymbol } from '#feed/quote_assets'

/** Longer ones are no words of a chat. */
export const LONGEST_FILTER = 500

/** What a word may be compared with, as people know it of a launch. */
const FIELDS: Record<string, (launch: FactRow) => string[]> = {
  name: (launch) => [namesOf(launch)],
  symbol: ({ symbol }) => [shown(symbol)],
  creator: ({ creator }) => [String(creator ?? '')],
  quote: ({ quote_address: quote }) => [(quoteSymbol(quote as string) ?? '').toLowerCase()],
}

/** Says whether a launch is one that a user wants. */
export type LaunchFilter = (launch: FactRow) => boolean

/**
 * A filter in the words of a chat (`name:pepe quote:usdt,bnb`: every word has to fit, of those
 * between commas one), or an expression as endpoints have them (`units(data.quote_amount) > 1.0`).
 *
 * @throws OperatorError that says what is wrong with the text
 */
export function launchFilter(text: string): LaunchFilter {
  if (text.length > LONGEST_FILTER) {
    throw new OperatorError(`It has ${text.length} characters, ${LONGEST_FILTER} are allowed`)
  }
  return isExpression(text) ? byExpression(text) : byWords(text)
}

/** The same for a text that was stored when it could be read; what means nothing now fits nothing. */
export function storedLaunchFilter(text: string): LaunchFilter {
  return filters.get(text)
}

const filters = new Remembered((text) => {
  try {
    return launchFilter(text)
  } catch {
    return () => false
  }
})

function isExpression(text: string): boolean {
  return /[()=<>!&|]/.test(text)
}

function byExpression(text: string): LaunchFilter {
  compileFilter(text)
  return (launch) => {
    const filter = storedFilter(text)!
    return filter(filteredEvent('launch', launch, eventTypeOf('launch', launch), '')) === null
  }
}

function byWords(text: string): LaunchFilter {
  const checks = text.split(/\s+/).filter(Boolean).map(check)
  return (launch) => checks.every((fits) => fits(launch))
}

/** `name:pepe,doge`; a word without a field is looked for in the name. */
function check(word: string): LaunchFilter {
  const [, field = 'name', wanted] = /^(?:([a-z]+):)?(.*)$/i.exec(word)!
  const read = FIELDS[field.toLowerCase()]
  if (!read || !wanted) {
    const known = Object.keys(FIELDS)
    const problem = read ? `${field}: is followed by nothing` : `There is no filter "${field}".`
    throw new OperatorError(`${problem}${read ? '' : didYouMean(field, known)}`)
  }
  const anyOf = wanted.toLowerCase().split(',').filter(Boolean)
  return (launch) => read(launch).some((value) => anyOf.some((part) => value.includes(part)))
}

/** Name and symbol as pages show them: invisible characters between the letters hide nothing. */
function namesOf({ name, symbol }: FactRow): string {
  return `${shown(symbol)} ${shown(name)}`
}

function shown(text: unknown): string {
  return (displayText(text as string | null) ?? '').toLowerCase()
}
