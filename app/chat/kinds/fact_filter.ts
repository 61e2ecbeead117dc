import { checkFilter, filteredEvent } from '#delivery/expressions/checked'
import type { Judge } from '#delivery/expressions/filter_answers'
import { Remembered } from '#delivery/expressions/remembered'
import { isRefusal, Refusal } from '#foundation/errors'
import { eventTypeOf, type FactType } from '#facts/registry'
import type { FactRow } from '#facts/define_fact'

/** Longer ones are no words of a chat. */
export const LONGEST_FILTER = 500

/** Says whether a fact is one that a user wants: no, too, as long as that is not known. */
export type FactFilter = (type: FactType, fact: FactRow, judge: Judge) => boolean

/** What `field:wanted` asks of a fact, `wanted` being in lower case; null: it can mean nothing. */
export type FilterField = (wanted: string) => ((fact: FactRow) => boolean) | null

/** A field of texts in lower case: one of those between commas has to be in one of them. */
export function textField(read: (fact: FactRow) => readonly string[]): FilterField {
  return (wanted) => {
    const anyOf = wanted.split(',').filter(Boolean)
    return (fact) => read(fact).some((value) => anyOf.some((part) => value.includes(part)))
  }
}

/** What words of a filter look at, and which of it a word without a field does. */
export interface FilterFields {
  fields: Readonly<Record<string, FilterField>>
  plainField: string
}

/**
 * A filter in the words of a chat (`name:pepe quote:usdt,bnb`: every word has to fit), or an
 * expression as endpoints have them (`data.quote_symbol == "BNB"`).
 *
 * @throws Refusal whose `fault` says what is wrong with the text
 */
function factFilter(kind: FilterFields, text: string): FactFilter {
  if (text.length > LONGEST_FILTER) {
    throw Refusal.invalid('filter', `More than ${LONGEST_FILTER} characters`, 'too_long')
  }
  return isExpression(text) ? byExpression(text) : byWords(kind, text)
}

/** What is wrong with a filter: words of `chat.filterFaults`, and what they name. */
export interface FilterFault {
  fault: string
  problem: string
  fields: string
}

/** Null: nothing is wrong. */
export function filterFault(kind: FilterFields, text: string): FilterFault | null {
  try {
    factFilter(kind, text)
    return null
  } catch (error) {
    if (!isRefusal(error, 'invalid_parameter')) throw error
    const fields = Object.keys(kind.fields).join(', ')
    return { fault: error.fault!, problem: error.message, fields }
  }
}

const remembered = new WeakMap<FilterFields, Remembered<FactFilter>>()

/** The same for a text that was stored when it could be read; what means nothing now fits nothing. */
export function storedFactFilter(kind: FilterFields, text: string): FactFilter {
  const filters = remembered.get(kind) ?? new Remembered((stored) => madeOf(kind, stored))
  remembered.set(kind, filters)
  return filters.get(text)
}

function madeOf(kind: FilterFields, text: string): FactFilter {
  return filterFault(kind, text) === null ? factFilter(kind, text) : () => false
}

function isExpression(text: string): boolean {
  return /[()=<>!&|]/.test(text)
}

function byExpression(text: string): FactFilter {
  try {
    checkFilter(text)
  } catch (error) {
    throw Refusal.invalid('filter', (error as Error).message, 'expression')
  }
  return (type, fact, judge) => {
    const event = () => filteredEvent(type, fact, eventTypeOf(type, fact), '')
    return judge(text, { type, fact, event }) === null
  }
}

function byWords(kind: FilterFields, text: string): FactFilter {
  const checks = text
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => check(kind, word))
  return (_, fact) => checks.every((fits) => fits(fact))
}

/** `name:pepe,doge`; a word without a field is looked for in the plain one. */
function check({ fields, plainField }: FilterFields, word: string): (fact: FactRow) => boolean {
  const [, name = plainField, wanted] = /^(?:([a-z]+):)?(.*)$/i.exec(word)!
  const field = fields[name.toLowerCase()]
  if (!field) {
    throw Refusal.invalid('filter', `There is no field ${name}`, 'unknown_field')
  }
  if (!wanted) {
    throw Refusal.invalid('filter', `Nothing follows ${name}:`, 'empty_field')
  }
  const fits = field(wanted.toLowerCase())
  if (!fits) {
    throw Refusal.invalid('filter', word, 'bad_value')
  }
  return fits
}
