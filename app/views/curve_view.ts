import { quoteSymbol } from '#facts/quote_assets'
import type { FactRow } from '#facts/define_fact'
import { amountView } from '#views/amount_view'
import type { MarketReader } from '#http/money'
import { moneyView } from '#views/money_view'

/** How far a bonding curve has come; `percent` is null while its target is not known. */
export function curveView(curve: FactRow, reader: Omit<MarketReader, 'now'>) {
  const { locale } = reader
  const quote = curve.quote_address as string | null
  const symbol = quoteSymbol(quote)
  return {
    percent: curve.progress === null ? null : percentOf(String(curve.progress)),
    price: moneyView(curve.price, quote, reader),
    raised: amountView(curve.quote_reserve, symbol, locale),
    target: amountView(curve.raise_target, symbol, locale),
    left: amountView(curve.base_reserve, '', locale),
  }
}

/** `progress` is 1e18 at 100 %; cut, not rounded: 99.99 is not full. */
function percentOf(progress: string): string {
  const tenths = Number((BigInt(progress) * 1000n) / 10n ** 18n)
  return (Math.min(tenths, 1000) / 10).toFixed(1)
}
