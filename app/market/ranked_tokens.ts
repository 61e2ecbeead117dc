import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { rowsOf } from '#foundation/db/statement'
import { source } from '#foundation/walk/stretch'
import type { Condition } from '#foundation/walk/way'
import {
  checksOf,
  orderOf,
  waysOf,
  type MarketWish,
  type Order,
  type Way,
} from '#market/market_wish'
import { marketIn, type TokenMarket } from '#market/token_market'

/** Behind this token the list goes on: its figure in the order, and its id. */
export interface RankedPlace {
  value: number
  id: number
}

export interface RankedPage {
  markets: TokenMarket[]
  below: RankedPlace | null
}

/** A filter that leaves so few is read in whole and sorted. */
const FEW = 2_000

/** So many tokens of an order are looked at for one page. */
const LOOKED_AT = 3_000

type Row = TokenMarket & { id: number | string } & Record<string, number | string | null>

/**
 * Tokens that match, the greatest figure first. Looks at a bounded number of them: where a filter leaves
 * too few of those, the page is shorter, and the list goes on below it.
 */
export async function rankTokens(
  wish: MarketWish,
  { after, limit }: { after?: RankedPlace; limit: number }
): Promise<RankedPage> {
  const client = db.connection()
  const order = orderOf(wish)
  const checks = checksOf(wish)
  const way = await narrowestWay(client, wish)
  const found = way
    ? await readNarrow(client, way, { order, checks, after, limit })
    : await walk(client, { order, checks, after, limit })
  const rows = found.rows.slice(0, limit)
  const last = found.rows.length > limit ? placeOf(rows.at(-1)!, order) : found.floor
  return { markets: rows.map((row) => marketIn(row)), below: last }
}

/** The range that leaves fewest, if these are few enough to be read in whole. */
async function narrowestWay(client: QueryClientContract, wish: MarketWish): Promise<Way | null> {
  let narrowest: Way | null = null
  let fewest = FEW + 1
  for (const way of waysOf(wish)) {
    const rows = await countUpTo(client, way, fewest)
    if (rows < fewest) [narrowest, fewest] = [way, rows]
  }
  return narrowest
}

async function countUpTo(client: QueryClientContract, way: Way, most: number): Promise<number> {
  const [counted] = await rowsOf<{ total: number | string }>(
    client,
    `select count(*) as total from (select 1 as one from ${source(client, 'token_markets', way)}
     where ${sqlOf(way.conditions)} limit ${most}) as counted`,
    bindingsOf(way.conditions)
  )
  return Number(counted!.total)
}

interface Reading {
  order: Order
  checks: Condition[]
  after?: RankedPlace
  limit: number
}

interface Found {
  /** One row more than a page, if there is. */
  rows: Row[]
  /** Where the walk ended though there is more to look at. */
  floor: RankedPlace | null
}

async function readNarrow(
  client: QueryClientContract,
  way: Way,
  { order, checks, after, limit }: Reading
): Promise<Found> {
  const conditions = [
    ...way.conditions,
    { sql: order.holds, bindings: [] },
    ...behind(order, after),
    ...checks,
  ]
  const rows = await rowsOf<Row>(
    client,
    `select * from ${source(client, 'token_markets', way)} where ${sqlOf(conditions)}
     order by ${order.column} desc, id desc limit ${limit + 1}`,
    bindingsOf(conditions)
  )
  return { rows, floor: null }
}

async function walk(
  client: QueryClientContract,
  { order, checks, after, limit }: Reading
): Promise<Found> {
  const inOrder = [{ sql: order.holds, bindings: [] }, ...behind(order, after)]
  const table = source(client, 'token_markets', order)
  const sorted = `order by ${order.column} desc, id desc`
  const [last] = await rowsOf<Row>(
    client,
    `select ${order.column}, id from ${table} where ${sqlOf(inOrder)} ${sorted}
     limit 1 offset ${LOOKED_AT - 1}`,
    bindingsOf(inOrder)
  )
  const floor = last ? placeOf(last, order) : null
  const bound = floor
    ? [{ sql: `(${order.column}, id) >= (?, ?)`, bindings: [floor.value, floor.id] }]
    : []
  const conditions = [...inOrder, ...bound, ...checks]
  const rows = await rowsOf<Row>(
    client,
    `select * from ${table} where ${sqlOf(conditions)} ${sorted} limit ${limit + 1}`,
    bindingsOf(conditions)
  )
  return { rows, floor }
}

function behind({ column }: Order, after?: RankedPlace): Condition[] {
  return after ? [{ sql: `(${column}, id) < (?, ?)`, bindings: [after.value, after.id] }] : []
}

function placeOf(row: Row, { column }: Order): RankedPlace {
  return { value: Number(row[column]), id: Number(row.id) }
}

function sqlOf(conditions: readonly Condition[]): string {
  return conditions.map(({ sql }) => sql).join(' and ')
}

function bindingsOf(conditions: readonly Condition[]): (string | number)[] {
  return conditions.flatMap(({ bindings }) => [...bindings])
}
