import { exactAmount, readableAmount } from '#feed/amount_text'
import type { Locale } from '#http/language'
import type { TradeCount } from '#feed/trade_counts'

/** An amount to read (`text`) and to check (`exact`), with its unit. */
export interface AmountView {
  text: string
  exact: string
}

/**
 * Null when the amount or its asset is not known: without the asset neither unit nor decimals
 * are, and a wrong number is worse than none.
 */
export function amountView(
  amount: unknown,
  symbol: string | null,
  locale: Locale
): AmountView | null {
  if (amount === null || amount === undefined || symbol === null) return null

  const wei = String(amount)
  const unit = symbol === '' ? '' : ` ${symbol}`
  return { text: `${readableAmount(wei, locale)}${unit}`, exact: `${exactAmount(wei)}${unit}` }
}

/** An amount to pay or paid, in BNB to the last digit. */
export function exactBnb(wei: bigint): string {
  return `${exactAmount(String(wei))} BNB`
}

/** A number of trades as pages show it; `count` is null where it is not known to the last one. */
export function countView({ count, isMore, to }: TradeCount, locale: Locale) {
  const text = count.toLocaleString(locale)
  return { count: isMore ? null : String(count), to: String(to), text: isMore ? `${text}+` : text }
}
