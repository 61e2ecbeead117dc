import { quoteSymbol } from '#facts/quote_assets'
import type { TokenTrade } from '#feed/token_trades'

/** So many candles fit beside each other, and so many are there for those who move the chart. */
export const FITTING = 60
const MOST_CANDLES = 300

const MINUTE = 60_000

/** The time that a candle may stand for, in milliseconds. */
export const INTERVALS = [1, 5, 15, 60, 240, 1440, 10_080].map((minutes) => minutes * MINUTE)

/** What was paid for one token during an interval, in whole units of the quote asset. For drawing only. */
export interface Candle {
  /** When it begins, in epoch milliseconds. */
  time: number
  open: number
  high: number
  low: number
  close: number
  volume: number
}

export interface Candles {
  intervalMs: number
  /** The ticker of what prices are in; null where it is not known. */
  quote: string | null
  candles: Candle[]
}

interface Priced {
  time: number
  price: number
  volume: number
}

/**
 * Trades of a token, newest first, as candles; null where there are too few to draw.
 *
 * @param intervalMs what one candle stands for; not given: so long that all fit beside each other
 */
export function candlesIn(trades: readonly TokenTrade[], intervalMs?: number): Candles | null {
  const quote = quoteSymbol(trades[0]?.quote_address ?? null)
  // Before its graduation a token may have been paid in another asset: those prices are no part of this line.
  const priced = trades
    .filter((trade) => trade.price !== null && quoteSymbol(trade.quote_address) === quote)
    .map((trade) => ({
      time: Number(trade.event_time),
      price: Number(trade.price) / 1e18,
      volume: Number(trade.quote_amount) / 1e18,
    }))
    .toReversed()
  return priced.length < 2 ? null : { quote, ...candlesOf(priced, intervalMs) }
}

/**
 * Groups trades, oldest first, so that they fit beside each other, or as is wanted; an interval without a trade has no
 * candle, and the oldest are left out where there are too many.
 */
export function candlesOf(
  trades: readonly Priced[],
  wanted?: number
): Pick<Candles, 'intervalMs' | 'candles'> {
  const span = trades.at(-1)!.time - trades[0]!.time
  const fitting = INTERVALS.find((ms) => span / ms < FITTING) ?? INTERVALS.at(-1)!
  const intervalMs = wanted ?? fitting
  const groups = Map.groupBy(trades, ({ time }) => Math.floor(time / intervalMs) * intervalMs)
  let before: number | undefined
  const candles = [...groups].map(([time, some]): Candle => {
    // A candle begins where the one before ended: of a single trade there would be nothing to see.
    const prices = [...(before === undefined ? [] : [before]), ...some.map(({ price }) => price)]
    before = prices.at(-1)
    return {
      time,
      open: prices[0]!,
      high: Math.max(...prices),
      low: Math.min(...prices),
      close: prices.at(-1)!,
      volume: some.reduce((sum, { volume }) => sum + volume, 0),
    }
  })
  return { intervalMs, candles: candles.slice(-MOST_CANDLES) }
}
