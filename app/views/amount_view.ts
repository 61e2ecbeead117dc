import { exactAmount, readableAmount } from '#feed/amount_text'
import type { Locale } from '#http/page_language'

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
