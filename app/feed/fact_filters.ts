import db from '@adonisjs/lucid/services/db'
import { systemClock } from '#foundation/clock'
import { compare } from '#foundation/walk/way'
import type { Condition } from '#foundation/walk/way'
import { Zones } from '#foundation/walk/zones'
import type { Range } from '#foundation/walk/zones'
import type { FactKind } from '#facts/define_fact'

/**
 * What a fact must be to be listed: the values of columns, and where it lies. Addresses in lower
 * case, times in epoch milliseconds.
 */
export interface FactFilters {
  [column: string]: string | number | undefined
  /** Block numbers, both included. */
  from_block?: number
  to_block?: number
  /** Included. */
  since?: number
  /** Excluded, so that windows side by side share no fact. */
  until?: number
}

const STANDS: Condition = { sql: 'removed_at is null', bindings: [] }

/** What the filters say, as conditions on a row. */
export function factChecks({ columns, timeColumn }: FactKind, filters: FactFilters): Condition[] {
  const { from_block: fromBlock, to_block: toBlock, since, until } = filters
  return [
    STANDS,
    ...columns.flatMap((column) => check(column, '=', filters[column])),
    ...check('block_number', '>=', fromBlock),
    ...check('block_number', '<=', toBlock),
    ...check(timeColumn, '>=', since),
    ...check(timeColumn, '<', until),
  ]
}

function check(column: string, operator: string, value: string | number | undefined) {
  return value === undefined ? [] : [compare(column, operator, value)]
}

/** What was learned of each table while lists were read, by its name. */
const known = new Map<string, Zones>()

/** The block and the time that are looked for among facts, and what is known of where those lie. */
export function factRanges(kind: FactKind, filters: FactFilters) {
  const { from_block: fromBlock, to_block: toBlock, since, until } = filters
  const ranges = [
    ...(kind.isOnChain ? rangeOf('block_number', fromBlock, toBlock) : []),
    ...rangeOf(kind.timeColumn, since, until === undefined ? undefined : until - 1),
  ]
  if (ranges.length === 0) {
    return undefined
  }
  const zones = zonesOf(kind)
  zones.learnBeside(db.connection())
  return { zones, ranges }
}

function rangeOf(column: string, from = -Infinity, to = Infinity): Range[] {
  return from === -Infinity && to === Infinity ? [] : [{ column, from, to }]
}

function zonesOf({ table, timeColumn, isOnChain }: FactKind): Zones {
  const columns = isOnChain ? ['block_number', timeColumn] : [timeColumn]
  const zones = known.get(table) ?? new Zones({ table, columns, clock: systemClock })
  known.set(table, zones)
  return zones
}
