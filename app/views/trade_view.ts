import { explorerUrl } from '#feed/explorer'
import { quoteSymbol } from '#feed/quote_assets'
import type { FactRow } from '#facts/define_fact'
import { addressView } from '#views/address_view'
import { amountView } from '#views/amount_view'
import type { Locale } from '#http/page_language'
import { timeView } from '#views/time_view'

/** A trade as a row of a token's page shows it. */
export function tradeView(trade: FactRow, locale: Locale, now: number) {
  const chain = Number(trade.chain_id)
  const trader = addressView(String(trade.trader))
  const symbol = quoteSymbol(trade.quote_address as string | null)

  return {
    id: Number(trade.id),
    side: String(trade.side),
    time: timeView(trade.event_time, locale, now),
    trader: { ...trader, explorer: explorerUrl(chain, 'address', trader.full) },
    quote: amountView(trade.quote_amount, symbol, locale),
    base: amountView(trade.base_amount, '', locale),
    price: amountView(trade.price, symbol, locale),
    tx: explorerUrl(chain, 'tx', String(trade.tx_hash)),
  }
}
