import type { HttpContext } from '@adonisjs/core/http'
import marketConfig from '#config/market'
import { systemClock } from '#foundation/clock'
import { visitorLocale } from '#http/language'
import type { Locale } from '#http/language'
import { readCoinPrice, type CoinPrice } from '#market/coin_price'
import { CURRENCIES, type Currency, type Rates } from '#market/convert'

/** The cookie that remembers a visitor's choice. */
export const CURRENCY_COOKIE = 'regou-currency'

/** What amounts are shown in, and by which rates. */
export interface Money extends Rates {
  currency: Currency
  /** Those that there are rates for. */
  choices: Currency[]
  price: CoinPrice | null
}

/** Who reads figures of the market: in which language and money, and when (epoch milliseconds). */
export interface MarketReader {
  locale: Locale
  money: Money
  now: number
}

/** @param asked what the page's address says; without it counts what the visitor chose before */
export async function marketReader(ctx: HttpContext, asked?: Currency): Promise<MarketReader> {
  const chosen = asked ?? CURRENCIES.find((one) => one === ctx.request.plainCookie(CURRENCY_COOKIE))
  return marketReaderIn(visitorLocale(ctx), chosen)
}

export async function marketReaderIn(locale: Locale, chosen?: Currency): Promise<MarketReader> {
  return readerAt(await readCoinPrice(marketConfig.chainId), locale, chosen)
}

/** A currency without a rate is not shown: figures are in BNB then. */
export function readerAt(price: CoinPrice | null, locale: Locale, chosen?: Currency): MarketReader {
  const { cnyPerUsd = null } = marketConfig
  const usdPerBnb = price && BigInt(price.usd)
  const known = {
    BNB: true,
    USD: usdPerBnb !== null,
    CNY: usdPerBnb !== null && cnyPerUsd !== null,
  }
  const choices = CURRENCIES.filter((one) => known[one])
  const currency = choices.find((one) => one === chosen) ?? 'BNB'
  return {
    locale,
    money: { currency, choices, price, usdPerBnb, cnyPerUsd },
    now: systemClock.now(),
  }
}
