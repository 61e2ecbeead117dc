import { factTypeOf, factTypes, isRemoval } from '#models/fact_types'
import type { Announcement, FactRow } from '#models/fact_types'

/** Columns that PostgreSQL answers as text because they are 64 bits wide. */
const WIDE_COLUMNS = new Set([
  'id',
  'block_number',
  'event_time',
  'removed_at',
  'endpoint_id',
  'since',
  'ends_at',
  'from_block',
  'to_block',
  'entitled_until',
])

/** The one time that leaves the house in Unix seconds: docs/adr/0015. */
const IN_SECONDS = 'create_time'

/**
 * A fact as it leaves the house: public columns in snake_case, amounts as decimal text, times in
 * epoch milliseconds, alike on both databases. A removal is the same fact and when it was removed.
 */
export function publicFact(announcement: Announcement, row: FactRow): FactRow {
  const { columns } = factTypes[factTypeOf(announcement)]
  const shown = isRemoval(announcement) ? [...columns, 'removed_at'] : columns

  const fact: FactRow = {}
  for (const column of shown) {
    fact[column] = publicValue(column, row[column] ?? null)
  }
  return fact
}

/** The row of a fact that left the house, as far as it was shown. */
export function storedFact(fact: FactRow): FactRow {
  const time = fact[IN_SECONDS]
  return time === undefined ? fact : { ...fact, [IN_SECONDS]: Number(time) * 1000 }
}

function publicValue(column: string, value: FactRow[string]): FactRow[string] {
  if (column === IN_SECONDS) {
    return Math.floor(Number(value) / 1000)
  }
  return typeof value === 'string' && WIDE_COLUMNS.has(column) ? Number(value) : value
}
