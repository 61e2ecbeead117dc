const WHOLE_TOKEN = 10n ** 18n

/** What was paid for one whole token (1e18 base units), in quote wei; undefined for no tokens. */
export function priceOf(quoteAmount: bigint, baseAmount: bigint): bigint | undefined {
  return baseAmount === 0n ? undefined : (quoteAmount * WHOLE_TOKEN) / baseAmount
}
