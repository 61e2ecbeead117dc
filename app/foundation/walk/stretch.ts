import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { rowsOf } from '#foundation/db/statement'
import { wholeTable } from '#foundation/walk/way'
import type { Bounds, Stream, Way } from '#foundation/walk/way'

/** A way, and how far down a walk may go on it: to the row with the id `floor`; null: to its end. */
export interface Stretch {
  way: Way
  floor: number | null
}

interface Page {
  /** Only rows with a smaller id. */
  below: number
  limit: number
  bounds: Bounds
}

/**
 * Of several ways the one on which a bounded walk gets furthest down from an id. What it costs has
 * a bound that does not depend on how many rows there are.
 */
export async function furthestStretch(
  client: QueryClientContract,
  table: string,
  ways: readonly Way[],
  page: Page
): Promise<Stretch> {
  const floor = page.below - page.bounds.table
  let furthest: Stretch = { way: wholeTable, floor: floor > 1 ? floor : null }
  for (const way of ways) {
    const stretch = await stretchOf(client, table, way, page)
    if (furthest.floor !== null && stretch && isFurther(stretch, furthest)) {
      furthest = stretch
    }
  }
  return furthest
}

function isFurther({ floor }: Stretch, other: Stretch): boolean {
  return floor === null || floor < other.floor!
}

/** Null when a way has to be read in whole and is too long for that. */
async function stretchOf(
  client: QueryClientContract,
  table: string,
  way: Way,
  page: Page
): Promise<Stretch | null> {
  if (way.order === 'ids') {
    return { way, floor: await highestFloor(client, table, way.streams, page) }
  }
  const rows = await countUpTo(client, table, way.streams, page.bounds.index + 1)
  return rows <= page.bounds.index ? { way, floor: null } : null
}

/** Where the stream that is left first has its last row that may be looked at. */
async function highestFloor(
  client: QueryClientContract,
  table: string,
  streams: readonly Stream[],
  { below, limit, bounds }: Page
): Promise<number | null> {
  // Each alone may have to fill the page.
  const each = Math.max(Math.ceil(bounds.index / streams.length), limit + 1)
  const floors = streams.map(
    (stream) => `select (select id from ${source(client, table, stream)}
      where ${stream.where.sql} and id < ? order by id desc limit 1 offset ${each - 1}) as id`
  )
  const [highest] = await rowsOf<{ id: number | string | null }>(
    client,
    `select max(id) as id from (${floors.join(' union all ')}) as floors`,
    streams.flatMap(({ where }) => [...where.bindings, below])
  )
  return highest!.id === null ? null : Number(highest!.id)
}

async function countUpTo(
  client: QueryClientContract,
  table: string,
  streams: readonly Stream[],
  most: number
): Promise<number> {
  const parts = streams.map(
    (stream) =>
      `select * from (select 1 as one from ${source(client, table, stream)}
       where ${stream.where.sql} limit ${most}) as part`
  )
  const [counted] = await rowsOf<{ total: number | string }>(
    client,
    `select count(*) as total from (${parts.join(' union all ')}) as parts`,
    streams.flatMap(({ where }) => where.bindings)
  )
  return Number(counted!.total)
}

/**
 * The table with the index that SQLite has to use: what it would choose depends on statistics, and
 * may be one that finds few rows and has to sort them. PostgreSQL takes the bounds into account itself.
 */
export function source(
  client: QueryClientContract,
  table: string,
  { index }: Pick<Stream, 'index'>
): string {
  if (client.dialect.name === 'postgres') {
    return table
  }
  return index === null ? `${table} not indexed` : `${table} indexed by ${index}`
}
