import type { FeedRow } from '#feed/feed_rows'
import type { MarketReader } from '#http/money'
import { WINDOW_NAMES } from '#market/minutes'
import { supplyOf } from '#market/supply'
import type { TokenMarket } from '#market/token_market'
import { launchView } from '#views/launch_view'
import { bnbView, moneyView } from '#views/money_view'

/** A launch as a row of the feed shows it, with its market and what its creator did before. */
export function feedRowView(row: FeedRow, reader: MarketReader) {
  const { curve, market, record } = row
  return {
    ...launchView(row, reader),
    record,
    market: marketView(market, curve, reader),
  }
}

/** Figures of a token; each is null where it is not known. */
export function marketView(
  market: TokenMarket | null,
  curve: Record<string, unknown> | null,
  reader: Omit<MarketReader, 'now'>
) {
  const price = market?.price ?? ((curve?.price ?? null) as string | null)
  const quote = market?.price
    ? market.price_quote
    : ((curve?.quote_address ?? null) as string | null)
  const supply = supplyOf(String(market?.source ?? curve?.source))
  return {
    price: moneyView(price, quote, reader),
    cap: moneyView(price !== null && supply ? BigInt(price) * supply : null, quote, reader),
    liquidity: bnbView(market?.liquidity ?? null, reader),
    windows: WINDOW_NAMES.map((name) => ({
      name,
      buys: (market?.[`buys_${name}`] ?? 0).toLocaleString(reader.locale),
      sells: (market?.[`sells_${name}`] ?? 0).toLocaleString(reader.locale),
      volume: bnbView(market?.[`volume_${name}`] || null, reader),
    })),
  }
}
