import { compare } from '#foundation/walk/way'
import type { Condition } from '#foundation/walk/way'
import type { FactFilters } from '#feed/fact_list'
import { factTypes, type FactType } from '#models/fact_types'

const STANDS: Condition = { sql: 'removed_at is null', bindings: [] }

const EQUALS = [
  'source',
  'kind',
  'token_address',
  'creator',
  'trader',
  'side',
  'quote_address',
  'pool_id',
  'msg_id',
  'group_id',
  'wallet_code',
  'wx_id',
] as const

const BOUNDS = [
  ['from_block', 'block_number', '>='],
  ['to_block', 'block_number', '<='],
] as const

const TIME_BOUNDS = [
  ['since', '>='],
  ['until', '<'],
] as const

/** What a fact must be to be in a list, as conditions on its row. */
export function factChecks(type: FactType, filters: FactFilters): Condition[] {
  const { timeColumn } = factTypes[type]
  return [
    STANDS,
    ...EQUALS.flatMap((column) => check(column, '=', filters[column])),
    ...BOUNDS.flatMap(([filter, column, operator]) => check(column, operator, filters[filter])),
    ...TIME_BOUNDS.flatMap(([filter, operator]) => check(timeColumn, operator, filters[filter])),
  ]
}

function check(column: string, operator: string, value: string | number | undefined) {
  return value === undefined ? [] : [compare(column, operator, value)]
}
