import { exactAmount, groupedAmount, readableAmount } from '#feed/amount_text'
import type { Locale } from '#http/language'

/** A TRX has a million sun. */
const DECIMALS = 6

/** An amount of sun with all its digits, as `1,234,567.5 TRX`. */
export function exactTrxView(sun: string, locale: Locale) {
  const text = `${groupedAmount(sun, locale, DECIMALS)} TRX`
  return { text, exact: text }
}

/** An amount of sun as pages show it, and exactly. */
export function trxView(sun: string, locale: Locale) {
  return {
    text: `${readableAmount(sun, locale, DECIMALS)} TRX`,
    exact: `${exactAmount(sun, DECIMALS)} TRX`,
  }
}
