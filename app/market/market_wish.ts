import db from '@adonisjs/lucid/services/db'
import { jsonTexts } from '#foundation/db/json_rows'
import type { Condition } from '#foundation/walk/way'
import { WINDOW_NAMES, type WindowName } from '#market/minutes'

export const SORTS = ['age', 'cap', 'liquidity', 'progress', 'volume', 'buys', 'sells'] as const

export type Sort = (typeof SORTS)[number]

/** What figures can be limited to. Money is in BNB, progress in percent, a creation in epoch milliseconds. */
export const RANGES = [
  'created_time',
  'cap',
  'liquidity',
  'progress',
  'volume',
  'buys',
  'sells',
] as const

export type RangeName = (typeof RANGES)[number]

/** Both ends are included. */
export interface Limits {
  min?: number
  max?: number
}

/** Which tokens are wanted, and in which order. */
export interface MarketWish {
  stage?: 'created' | 'nearly' | 'graduated'
  source?: string
  /** What it was launched for, by name. */
  quote?: string
  sort: Sort
  /** The window that volume, buys and sells are of. */
  window: WindowName
  ranges: Partial<Record<RangeName, Limits>>
  /** Only these, by their addresses. */
  tokens?: readonly string[]
}

/** A curve is nearly full from this percentage on. */
const NEARLY = 80

/** An index, its column, and which rows it holds. */
export interface Order {
  column: string
  index: string
  holds: string
}

/** The order that is wished for. */
export function orderOf({ sort, window, stage }: MarketWish): Order {
  const column = columnOf(sort === 'age' ? 'created_time' : sort, window)
  const isGraduated = stage === 'graduated' && ['created_time', 'cap', 'liquidity'].includes(column)
  const order = indexOf(column)
  if (!isGraduated) return order
  return {
    column,
    index: `${order.index}_graduated`,
    holds: `${order.holds} and stage = 'graduated'`,
  }
}

function indexOf(column: string): Order {
  const holds =
    isOfWindow(column) || column === 'created_time' ? `${column} > 0` : `${column} is not null`
  const ofCurves = column === 'progress' ? ` and stage = 'created'` : ''
  return { column, index: `token_markets_${column}`, holds: `${holds}${ofCurves}` }
}

function isOfWindow(column: string): boolean {
  return WINDOW_NAMES.some((name) => column.endsWith(`_${name}`))
}

function columnOf(figure: RangeName, window: WindowName): string {
  return ['volume', 'buys', 'sells'].includes(figure) ? `${figure}_${window}` : figure
}

/** What a wanted token must be, all of it. */
export function checksOf(wish: MarketWish): Condition[] {
  const { stage, source: venue, quote, ranges, window, tokens } = wish
  const equal = { source: venue, quote, stage: stage === 'nearly' ? 'created' : stage }
  const checks: Condition[] = Object.entries(equal).flatMap(([column, value]) =>
    value === undefined ? [] : [{ sql: `${column} = ?`, bindings: [value] }]
  )
  if (stage === 'nearly') checks.push({ sql: 'progress >= ?', bindings: [NEARLY] })
  for (const [name, limits] of Object.entries(ranges)) {
    checks.push(...limitsOf(columnOf(name as RangeName, window), limits))
  }
  return tokens ? [...checks, amongst(tokens)] : checks
}

function amongst(tokens: readonly string[]): Condition {
  const sql = `token_address in ${jsonTexts(db.connection())}`
  return { sql, bindings: [JSON.stringify(tokens)] }
}

function limitsOf(column: string, { min, max }: Limits): Condition[] {
  return [
    ...(min === undefined ? [] : [{ sql: `${column} >= ?`, bindings: [min] }]),
    ...(max === undefined ? [] : [{ sql: `${column} <= ?`, bindings: [max] }]),
  ]
}

/** A part of an index that holds every row that is wanted. */
export interface Way {
  index: string
  conditions: Condition[]
}

/** The ways on which all wanted tokens are found: one for each range, and for tokens that are named. */
export function waysOf({ ranges, window, stage, tokens }: MarketWish): Way[] {
  if (tokens) return [{ index: 'token_markets_key', conditions: [amongst(tokens)] }]

  const given: [string, Limits][] = Object.entries(ranges)
    .map(([name, limits]): [string, Limits] => [columnOf(name as RangeName, window), limits])
    // A limit upwards alone lets those through of which the index knows nothing.
    .filter(([column, { min }]) => !isOfWindow(column) || (min ?? 0) > 0)
    .filter(([column]) => column !== 'progress' || stage === 'created')
  if (stage === 'nearly') given.push(['progress', { min: NEARLY }])
  return given.map(([column, limits]) => {
    const { index, holds } = indexOf(column)
    return { index, conditions: [{ sql: holds, bindings: [] }, ...limitsOf(column, limits)] }
  })
}
