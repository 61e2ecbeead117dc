import {
  Remembered,
  storedFilter,
  compileFilter,
  filteredEvent,
} from '#delivery/expressions/filter'
import { Refusal } from '#foundation/errors'
import { eventTypeOf } from '#facts/registry'
import type { FactRow } from '#facts/define_fact'
import { displayText } from '#feed/display_text'
import { quoteSymbol } from '#feed/quote_assets'

/** Longer ones are no words of a chat. */
export const LONGEST_FILTER = 500

/** What a word may be looked for in, as people know it of a launch. */
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
 * @throws Refusal whose `fault` says what is wrong with the text
 */
export function launchFilter(text: string): LaunchFilter {
  if (text.length > LONGEST_FILTER) {
    throw Refusal.invalid('filter', `More than ${LONGEST_FILTER} characters`, 'too_long')
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
  try {
    compileFilter(text)
  } catch (error) {
    throw Refusal.invalid('filter', (error as Error).message, 'expression')
  }
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
  if (!read) {
    throw Refusal.invalid('filter', `There is no field ${field}`, 'unknown_field')
  }
  if (!wanted) {
    throw Refusal.invalid('filter', `Nothing follows ${field}:`, 'empty_field')
  }
  const anyOf = wanted.toLowerCase().split(',').filter(Boolean)
  return (launch) => read(launch).some((value) => anyOf.some((part) => value.includes(part)))
}

/** A launch is compared with the filters of many users, one after another. */
const names = new WeakMap<FactRow, string>()

/** Symbol and name as pages show them: invisible characters between the letters hide nothing. */
function namesOf(launch: FactRow): string {
  const known = names.get(launch) ?? `${shown(launch.symbol)} ${shown(launch.name)}`
  names.set(launch, known)
  return known
}

function shown(text: unknown): string {
  return (displayText(text as string | null) ?? '').toLowerCase()
}
