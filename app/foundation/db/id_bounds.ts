import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { rowsOf } from '#foundation/db/statement'
import { letOthersIn } from '#foundation/clock'

/** Rows are numbered in about the order of their times: clocks and transactions differ by less. */
const DISORDER_MS = 60_000

/** A time span in epoch milliseconds: `since` is included, `until` is not. */
export interface Span {
  since?: number
  until?: number
}

/** Every row of the span has an id above `after` and up to `through`. */
export interface IdBounds {
  after: number
  through: number
}

/**
 * Where the rows of a span lie that have an id and a `created_at`. A few other rows lie there as
 * well, so `created_at` has to be compared, too. Some twenty look-ups find it among a million
 * rows: a table that is written to by the thousand needs no index on its times.
 */
export async function idBounds(
  client: QueryClientContract,
  table: string,
  { since, until }: Span
): Promise<IdBounds> {
  const [ends] = await rowsOf<Record<'first' | 'last', number | string | null>>(
    client,
    `select (select min(id) from ${table}) as first, (select max(id) from ${table}) as last`,
    []
  )
  // Retention has removed what was before the first row, maybe many millions of ids.
  const start = Number(ends!.first ?? 1) - 1
  const through = Number(ends!.last ?? 0)

  const edge = async (time: number) => Math.max(start, await idBefore(client, table, time, through))
  return {
    after: since === undefined ? start : await edge(since - DISORDER_MS),
    through: until === undefined ? through : await edge(until + DISORDER_MS),
  }
}

/** The id of the last row that was stored before a time, or 0. */
async function idBefore(client: QueryClientContract, table: string, time: number, last: number) {
  let low = 0
  let high = last
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    const [row] = await rowsOf<Record<'id' | 'created_at', number | string>>(
      client,
      `select id, created_at from ${table} where id >= ? order by id limit 1`,
      [middle]
    )
    if (row && Number(row.created_at) < time) {
      low = Number(row.id)
    } else {
      high = middle - 1
    }
  }
  return low
}

/** Rows that are read at once. */
const ROWS_AT_ONCE = 10_000

/** A stretch of a table, a slice of so many ids at a time; others are let in between. */
export async function* idSlices(
  { after, through }: IdBounds,
  ids = ROWS_AT_ONCE
): AsyncGenerator<IdBounds> {
  for (let first = after; first < through; first += ids) {
    yield { after: first, through: Math.min(through, first + ids) }
    await letOthersIn()
  }
}
