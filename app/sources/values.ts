/** Longest name kept, in code points; the log itself is kept whole beside it. */
const MAX_LENGTH = 128

/** NUL (PostgreSQL refuses it), other control characters, and what reorders or hides text around it. */
const HOSTILE =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g

/** Line breaks and tabs stand between words, so they become the space that they stand for. */
const WHITE_SPACE = /\s+/g

/**
 * Text from the chain, written by its sender and made fit to store and show: without control and
 * bidirectional characters, on one line, cut to 128 code points. It is still
 * untrusted: pages escape it.
 */
export function cleanText(text: string): string {
  const characters = [...text.replace(WHITE_SPACE, ' ').replace(HOSTILE, '').trim()]
  return characters.length > MAX_LENGTH
    ? `${characters.slice(0, MAX_LENGTH - 1).join('')}…`
    : characters.join('')
}

const WHOLE_TOKEN = 10n ** 18n

/** What was paid for one whole token (1e18 base units), in quote wei; undefined for no tokens. */
export function priceOf(quoteAmount: bigint, baseAmount: bigint): bigint | undefined {
  return baseAmount === 0n ? undefined : (quoteAmount * WHOLE_TOKEN) / baseAmount
}
