import type { FeedWish } from '#feed/find_launches'
import type { MarketReader } from '#http/money'
import { toBnb } from '#market/convert'
import { RANGES, type Limits, type MarketWish, type RangeName } from '#market/market_wish'
import type { RankedPlace } from '#market/ranked_tokens'
import type { FeedQuery, LimitName } from '#validators/feed_query'

const MINUTE_MS = 60_000

/** Limits of these are in the reader's money. */
const MONEY: readonly RangeName[] = ['cap', 'liquidity', 'volume']

export const DEFAULT_WINDOW = '24h'

/** What a page's address wants of the launches themselves. */
export function feedWishOf({ source, kind, stage, q }: FeedQuery): FeedWish {
  return { source, kind, stage, q }
}

/** What it wants of their figures; null: nothing, so that the newest come first, as they arrive. */
export function marketWishOf(
  query: FeedQuery,
  reader: MarketReader
): Pick<MarketWish, 'sort' | 'window' | 'quote' | 'ranges'> | null {
  const { sort = 'age', window = DEFAULT_WINDOW, quote } = query
  const ranges = Object.fromEntries(
    RANGES.map((name) => [name, limitsOf(name, query, reader)]).filter(([, limits]) => limits)
  )
  if (sort === 'age' && !quote && Object.keys(ranges).length === 0) return null
  return { sort, window, quote, ranges }
}

/** Where a page of a sorted list begins, as its address says. */
export function placeIn({ after }: FeedQuery): RankedPlace | undefined {
  const [value, id] = after?.split('_').map(Number) ?? []
  return Number.isFinite(value) && id ? { value: value!, id } : undefined
}

export function placeText({ value, id }: RankedPlace): string {
  return `${value}_${id}`
}

function limitsOf(name: RangeName, query: FeedQuery, reader: MarketReader): Limits | undefined {
  const [min, max] = (['min', 'max'] as const).map((end) => {
    const given = query[`${name === 'created_time' ? 'age' : name}_${end}` as LimitName]
    if (given === undefined) return undefined
    if (!MONEY.includes(name)) return given
    return toBnb(given, reader.money.currency, reader.money) ?? undefined
  })
  if (min === undefined && max === undefined) return undefined
  return name === 'created_time' ? bornWithin(min, max, reader.now) : { min, max }
}

/** The least age is that of the newest. */
function bornWithin(youngest: number | undefined, oldest: number | undefined, now: number): Limits {
  const at = (minutes: number | undefined) =>
    minutes === undefined ? undefined : Math.round(now - minutes * MINUTE_MS)
  return { min: at(oldest), max: at(youngest) }
}
