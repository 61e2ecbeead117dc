/** How events name the coin of the chain. */
const NATIVE = '0x0000000000000000000000000000000000000000'

/** Assets of BSC that launches are priced in. All have 18 decimals. */
const SYMBOLS: Record<string, string> = {
  [NATIVE]: 'BNB',
  '0xbb4cdb9cbd36b01bd1cbaebf2de08d9173bc095c': 'WBNB',
  '0x55d398326f99059ff775485246999027b3197955': 'USDT',
  '0x8d0d000ee44948fc98c9b98a4fa4921476f08b0d': 'USD1',
  '0x8ac76a51cc950d9822d68b83fe1ad97b32cd580d': 'USDC',
  '0x0e09fabb73bd3ade0a17ecc321fd13a19e81ce82': 'CAKE',
}

const DECIMALS = 18

/** The ticker of a quote asset, or null when it is not one we know (then its decimals are not known either). */
export function quoteSymbol(address: string | null): string | null {
  return address === null ? null : (SYMBOLS[address] ?? null)
}

/** What expressions know of the asset that amounts are in, beside what the event itself says. */
export const QUOTE_FIELDS = ['quote_symbol', 'quote_decimals'] as const

/** The same data with symbol and decimals of its quote asset, null where they are not known. */
export function withQuoteAsset<Data extends object>(data: Data): Data {
  if (!('quote_address' in data)) return data
  const symbol = quoteSymbol(data.quote_address as string | null)
  return { ...data, quote_symbol: symbol, quote_decimals: symbol === null ? null : DECIMALS }
}
