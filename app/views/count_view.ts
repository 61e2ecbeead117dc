import type { TradeCount } from '#feed/trade_counts'
import type { Locale } from '#http/page_language'

/** A number of trades as pages show it; `count` is null where it is not known to the last one. */
export function countView({ count, isMore }: TradeCount, locale: Locale) {
  const text = count.toLocaleString(locale)
  return { count: isMore ? null : String(count), text: isMore ? `${text}+` : text }
}
