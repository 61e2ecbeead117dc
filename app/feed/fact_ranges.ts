import db from '@adonisjs/lucid/services/db'
import { systemClock } from '#foundation/clock'
import { Zones } from '#foundation/walk/zones'
import type { Range } from '#foundation/walk/zones'
import type { FactFilters } from '#feed/fact_list'
import { factTypes, type FactType } from '#models/fact_types'

const known = new Map<FactType, Zones>()

/** The block and the time that are looked for among facts, and what is known of where those lie. */
export function factRanges(type: FactType, filters: FactFilters) {
  const { timeColumn, isOnChain } = factTypes[type]
  const { from_block: fromBlock, to_block: toBlock, since, until } = filters
  const ranges = [
    ...(isOnChain ? rangeOf('block_number', fromBlock, toBlock) : []),
    ...rangeOf(timeColumn, since, until === undefined ? undefined : until - 1),
  ]
  if (ranges.length === 0) {
    return undefined
  }
  const zones = zonesOf(type)
  zones.learnBeside(db.connection())
  return { zones, ranges }
}

function rangeOf(column: string, from = -Infinity, to = Infinity): Range[] {
  return from === -Infinity && to === Infinity ? [] : [{ column, from, to }]
}

function zonesOf(type: FactType): Zones {
  const { table, timeColumn, isOnChain } = factTypes[type]
  const columns = isOnChain ? ['block_number', timeColumn] : [timeColumn]
  const zones = known.get(type) ?? new Zones({ table, columns, clock: systemClock })
  known.set(type, zones)
  return zones
}
