import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { rowsOf } from '#foundation/db/statement'
import type { Page } from '#foundation/walk/page'
import { furthestStretch, source } from '#foundation/walk/stretch'
import type { Stretch } from '#foundation/walk/stretch'
import { usualBounds } from '#foundation/walk/way'
import type { Bounds, Condition, Stream, Way } from '#foundation/walk/way'
import type { Range, Zones } from '#foundation/walk/zones'

/** What is looked for in a table whose rows are numbered by `id`. */
export interface Search {
  table: string
  columns: readonly string[]
  /** Ways on which all wanted rows are found; the table itself is always one. */
  ways: readonly Way[]
  /** What a wanted row must be, all of it. */
  checks: readonly Condition[]
  /** Of the checks those that are ranges, and what is known of where they lie. */
  zoned?: { zones: Zones; ranges: readonly Range[] }
  /** Only rows with a greater id. */
  after?: number
  /** Only rows with a smaller id. */
  before?: number
  limit: number
  /** How many rows are looked at. */
  bounds?: Bounds
}

type Numbered = Record<string, unknown> & { id: number | string }

/**
 * The newest rows that a search wants. Looks at a bounded number of rows, however many there are and
 * however few are wanted: where those do not fill the page, it is shorter, and the walk goes on
 * below it.
 */
export async function boundedWalk<Row extends object>(
  client: QueryClientContract,
  search: Search
): Promise<Page<Row>> {
  const { table, ways, limit, bounds = usualBounds } = search
  const top = search.before ?? ((await highestBelow(client, table, null)) ?? 0) + 1
  const before = lower(search, top)
  if (before === null) {
    return { rows: [], below: null }
  }
  const stretch = await furthestStretch(client, table, ways, { below: before, limit, bounds })

  const found = await readStretch(client, search, stretch, before)
  const rows = found.slice(0, limit) as unknown as Row[]
  if (found.length > limit) {
    return { rows, below: Number(found[limit - 1]!.id) }
  }
  return { rows, below: await goesOnBelow(client, search, stretch) }
}

/** An id below which the rows are that lie below this one and may be wanted; null: there are none. */
function lower({ zoned, after = 0 }: Search, before: number): number | null {
  const below = zoned ? zoned.zones.lower(before, zoned.ranges) : before
  return below > after + 1 ? below : null
}

/** Rows of ids that were never used, or were deleted, are passed over at once. */
async function goesOnBelow(
  client: QueryClientContract,
  search: Search,
  { floor }: Stretch
): Promise<number | null> {
  const next = floor === null ? null : await highestBelow(client, search.table, floor)
  return next === null ? null : lower(search, next + 1)
}

async function highestBelow(
  client: QueryClientContract,
  table: string,
  below: number | null
): Promise<number | null> {
  const [highest] = await rowsOf<{ id: number | string | null }>(
    client,
    `select max(id) as id from ${table}${below === null ? '' : ' where id < ?'}`,
    below === null ? [] : [below]
  )
  return highest!.id === null ? null : Number(highest!.id)
}

/** One row more than a page, if there is. */
async function readStretch(
  client: QueryClientContract,
  search: Search,
  { way, floor }: Stretch,
  before: number
): Promise<Numbered[]> {
  const { after = 0, limit, checks } = search
  const from = Math.max(after + 1, floor ?? 0)
  const found = await rowsOf<Numbered>(
    client,
    way.streams.map((stream) => partOf(client, search, stream)).join(' union all '),
    way.streams.flatMap(({ where }) => [
      ...where.bindings,
      before,
      from,
      ...checks.flatMap(({ bindings }) => bindings),
      limit + 1,
    ])
  )
  return way.streams.length === 1
    ? found
    : found.sort((one, other) => Number(other.id) - Number(one.id)).slice(0, limit + 1)
}

function partOf(
  client: QueryClientContract,
  { table, columns, checks }: Search,
  stream: Stream
): string {
  const conditions = [stream.where.sql, 'id < ? and id >= ?', ...checks.map(({ sql }) => sql)]
  return `select * from (select ${columns.join(', ')} from ${source(client, table, stream)}
    where ${conditions.join(' and ')} order by id desc limit ?) as part`
}
