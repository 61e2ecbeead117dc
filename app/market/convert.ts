import { unitOf } from '#market/quote_value'

/** What amounts can be shown in. */
export const CURRENCIES = ['BNB', 'USD', 'CNY'] as const

export type Currency = (typeof CURRENCIES)[number]

/** What one unit costs in another, with 18 decimals; null where it is not known. */
export interface Rates {
  usdPerBnb: bigint | null
  cnyPerUsd: bigint | null
}

const ONE = 10n ** 18n

/**
 * An amount of quote wei in a currency, with 18 decimals. Null where that is not known: without a rate, or
 * of an asset that is neither BNB nor a dollar.
 */
export function convert(
  amount: bigint,
  quote: string | null,
  currency: Currency,
  { usdPerBnb, cnyPerUsd }: Rates
): bigint | null {
  const unit = unitOf(quote)
  if (unit === null) return null
  if (unit === currency) return amount
  if (currency === 'BNB') return usdPerBnb ? (amount * ONE) / usdPerBnb : null

  const usd = unit === 'USD' ? amount : usdPerBnb && (amount * usdPerBnb) / ONE
  if (usd === null || currency === 'USD') return usd
  return cnyPerUsd && (usd * cnyPerUsd) / ONE
}

/** An amount of money (not in its smallest unit) in BNB, as figures are kept. Null without a rate. */
export function toBnb(amount: number, currency: Currency, rates: Rates): number | null {
  if (currency === 'BNB') return amount
  const usd = Number(rates.usdPerBnb ?? 0n) / 1e18
  const cny = currency === 'CNY' ? Number(rates.cnyPerUsd ?? 0n) / 1e18 : 1
  return usd && cny ? amount / cny / usd : null
}
