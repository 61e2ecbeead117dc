import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { rowsOf } from '#foundation/db/statement'
import { byColumn } from '#foundation/walk/way'
import type { Stream, Way } from '#foundation/walk/way'
import type { FactKind, ListIndex } from '#facts/define_fact'
import type { FactFilters } from '#feed/fact_filters'

/** The indexes that lead to the facts of a list, each to all of them. */
export async function waysToFacts(
  client: QueryClientContract,
  kind: FactKind,
  filters: FactFilters
): Promise<Way[]> {
  const ways = (kind.list?.indexes ?? []).map((index) =>
    'columns' in index
      ? wayByTwo(client, kind, index, filters)
      : wayByOne(kind, index, filters[index.column])
  )
  const found = await Promise.all(ways)
  return found.filter((way) => way !== null).filter(({ streams }) => streams.length > 0)
}

type OfOne = Exclude<ListIndex, { columns: unknown }>
type OfTwo = Extract<ListIndex, { columns: unknown }>

function wayByOne({ table }: FactKind, found: OfOne, value?: string | number): Way | null {
  if (value === undefined) {
    return null
  }
  const { column } = found
  if (!('index' in found)) {
    const suffix = column === 'token_address' ? 'token' : column
    return byColumn(`${table}_${suffix}`, column, value)
  }
  const sql = 'where' in found ? found.where : `${column} = ?`
  const order = 'isShort' in found ? 'none' : 'ids'
  return { order, streams: [{ index: found.index, where: { sql, bindings: [value] } }] }
}

/** One index holds each pair of values in the order of the ids; what is not named, is all. */
async function wayByTwo(
  client: QueryClientContract,
  { table, fields }: FactKind,
  { columns: [one, other], index }: OfTwo,
  filters: FactFilters
): Promise<Way | null> {
  if (filters[one] === undefined && filters[other] === undefined) {
    return null
  }
  const ones = filters[one] === undefined ? await valuesOf(client, table, one) : [filters[one]]
  const others = filters[other] === undefined ? fields[other]!.choices! : [filters[other]]
  const streams = ones.flatMap((first) =>
    others.map((second): Stream => ({
      index,
      where: { sql: `${one} = ? and ${other} = ?`, bindings: [first, second] },
    }))
  )
  return { order: 'ids', streams }
}

/** All values of a column, also those that are not written any more: hops along its index. */
async function valuesOf(
  client: QueryClientContract,
  table: string,
  column: string
): Promise<string[]> {
  const rows = await rowsOf<{ value: string }>(
    client,
    `with recursive found (value) as (
       select min(${column}) from ${table}
       union all
       select (select min(${column}) from ${table} where ${column} > found.value)
       from found where found.value is not null)
     select value from found where value is not null`,
    []
  )
  return rows.map(({ value }) => value)
}
