import { listFacts } from '#feed/fact_list'
import { quoteSymbol } from '#facts/quote_assets'

/** So many of the newest trades are drawn. */
const MOST_TRADES = 2_000

/** So many candles fit beside each other. */
const MOST_CANDLES = 60

const MINUTE = 60_000

/** The time that a candle may stand for, in milliseconds. */
const INTERVALS = [1, 5, 15, 60, 240, 1440, 10_080].map((minutes) => minutes * MINUTE)

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

/** The newest trades of a token (its address in lower case) as candles; null where there are too few to draw. */
export async function readCandles(token: string): Promise<Candles | null> {
  const columns = ['id', 'event_time', 'price', 'quote_amount', 'quote_address']
  const trades = await listFacts('trade', { token_address: token }, { limit: MOST_TRADES, columns })
  const quote = quoteSymbol((trades[0]?.quote_address ?? null) as string | null)
  // Before its graduation a token may have been paid in another asset: those prices are no part of this line.
  const priced = trades
    .filter((trade) => trade.price !== null && quoteSymbol(String(trade.quote_address)) === quote)
    .map((trade) => ({
      time: Number(trade.event_time),
      price: Number(trade.price) / 1e18,
      volume: Number(trade.quote_amount) / 1e18,
    }))
    .toReversed()
  return priced.length < 2 ? null : { quote, ...candlesOf(priced) }
}

/**
 * Groups trades, oldest first, so that they fit beside each other; an interval without a trade has no
 * candle, and the oldest are left out where even the longest intervals are too many.
 */
export function candlesOf(trades: readonly Priced[]): Pick<Candles, 'intervalMs' | 'candles'> {
  const span = trades.at(-1)!.time - trades[0]!.time
  const intervalMs = INTERVALS.find((ms) => span / ms < MOST_CANDLES) ?? INTERVALS.at(-1)!
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
