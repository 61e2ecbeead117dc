/** The most characters of a text from the chain that a page shows. */
const MAX_LENGTH = 80

/** Joins two emoji into one: the only invisible character with an honest use in a token's name. */
const EMOJI_JOINER =
  /(?<=\p{Extended_Pictographic}\p{M}?\p{Emoji_Modifier}?)\u200d(?=\p{Extended_Pictographic})/gu

/** Controls, bidirectional overrides, zero-width characters, lone surrogates, blank letters. */
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}\u115f\u1160\u2800\u3164\uffa0]/gu

/** What takes no room of its own: accents and selectors without a letter that they stand on. */
const WITHOUT_BODY = /[\p{M}\p{Default_Ignorable_Code_Point}\s]/gu

/** More accents on one letter than any language writes: they paint over the lines around. */
const PILED_ACCENTS = /(\p{M}{3})\p{M}+/gu

/**
 * Text from the chain, which its author chose freely, as a page shows it: one line, only visible
 * characters, at most 80. Still untrusted: templates escape it. Null when nothing is left.
 */
export function displayText(text: string | null): string | null {
  if (text === null) return null

  const parts = text.replace(/\s+/gu, ' ').split(EMOJI_JOINER)
  const visible = parts
    .map((part) => part.replace(INVISIBLE, '').replace(PILED_ACCENTS, '$1'))
    .join('\u200d')
    .trim()
  const characters = [...visible]

  if (visible.replace(WITHOUT_BODY, '') === '') return null
  return characters.length > MAX_LENGTH
    ? `${characters.slice(0, MAX_LENGTH - 1).join('')}…`
    : visible
}
