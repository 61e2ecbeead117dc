import { quoteSymbol } from '#facts/quote_assets'

/** The coin, also wrapped, and what is held at one dollar each. */
const UNITS: Record<string, 'BNB' | 'USD'> = {
  BNB: 'BNB',
  WBNB: 'BNB',
  USDT: 'USD',
  USD1: 'USD',
  USDC: 'USD',
}

/** What amounts of a quote asset (its address) count in; null where nothing says what it is worth. */
export function unitOf(quote: string | null): 'BNB' | 'USD' | null {
  return UNITS[quoteSymbol(quote) ?? ''] ?? null
}

/** By this name people filter: wrapped BNB is BNB. Null: an asset that we do not know. */
export function quoteName(quote: string | null): string | null {
  const symbol = quoteSymbol(quote)
  return symbol === 'WBNB' ? 'BNB' : symbol
}

export const QUOTE_NAMES = ['BNB', 'USDT', 'USD1', 'USDC', 'CAKE'] as const

/**
 * An amount of quote wei in BNB, for comparing. Null where its worth is not known.
 *
 * @param usdPerBnb null while that has never been read
 */
export function bnbOf(
  amount: string | bigint,
  quote: string | null,
  usdPerBnb: number | null
): number | null {
  const unit = unitOf(quote)
  const coins = Number(amount) / 1e18
  if (unit === 'BNB') return coins
  return unit === 'USD' && usdPerBnb ? coins / usdPerBnb : null
}
