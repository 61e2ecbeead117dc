import { quoteSymbol } from '#facts/quote_assets'
import { WINDOWS, type MarketFigures, type WindowFigures } from '#feed/market_figures'
import type { FeedRow } from '#feed/feed_rows'
import { amountView } from '#views/amount_view'
import { launchView } from '#views/launch_view'
import type { Locale } from '#http/language'

/** Tokens of these launchpads have a supply of 1,000,000,000 each, by their contracts. */
const SUPPLY: Record<string, bigint> = { four: 1_000_000_000n, flap: 1_000_000_000n }

/** A launch as a row of the feed shows it, with its market and what its creator did before. */
export function feedRowView(row: FeedRow, locale: Locale, now: number) {
  const { launch, curve, market, record } = row
  return {
    ...launchView(row, locale, now),
    record,
    market: marketView(market, curve, String(launch.source), locale),
  }
}

/** Figures of a token; each is null where it is not known. */
export function marketView(
  market: MarketFigures | null,
  curve: Record<string, unknown> | null,
  source: string,
  locale: Locale
) {
  const price = market?.price ?? (curve?.price ? BigInt(String(curve.price)) : null)
  const quote = market?.price ? market.quote : ((curve?.quote_address ?? null) as string | null)
  const symbol = quoteSymbol(quote)
  const supply = SUPPLY[source]
  return {
    price: amountView(price, symbol, locale),
    cap: amountView(price !== null && supply ? price * supply : null, symbol, locale),
    windows: Object.keys(WINDOWS).map((name) => {
      const window = market?.windows[name as keyof typeof WINDOWS]
      return { name, ...windowView(window, symbol, locale) }
    }),
  }
}

function windowView(window: WindowFigures | undefined, symbol: string | null, locale: Locale) {
  if (!window) return { buys: '0', sells: '0', volume: null }
  const more = window.isMore ? '+' : ''
  return {
    buys: `${window.buys.toLocaleString(locale)}${more}`,
    sells: `${window.sells.toLocaleString(locale)}${more}`,
    volume: window.volume > 0n ? amountView(window.volume, symbol, locale) : null,
  }
}
