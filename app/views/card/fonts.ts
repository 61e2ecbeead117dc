import { readFileSync } from 'node:fs'
import marketConfig from '#config/market'

/** What DejaVu Sans has of this application's part of it: letters of Europe, signs, arrows and shapes. */
const OWN =
  /[\u0020-\u024f\u0370-\u04ff\u1e00-\u1eff\u2010-\u203a\u2080-\u208e\u20a0-\u20bf\u2190-\u2199\u2200-\u26ff]/u

const OWN_FONT = new URL('../../../resources/fonts/DejaVuSans-Bold-subset.ttf', import.meta.url)

/** The fonts that cards are drawn with: our own, and the one that the operator names, which is for all else. */
export function cardFonts(): Uint8Array[] {
  const { cardFont } = marketConfig
  return [OWN_FONT, ...(cardFont ? [cardFont] : [])].map((path) => shared(readFileSync(path)))
}

/** In memory that threads share: a Chinese font has 15 MB, and would be copied for each card. */
function shared(bytes: Buffer): Uint8Array {
  const font = new Uint8Array(new SharedArrayBuffer(bytes.length))
  font.set(bytes)
  return font
}

/** Whether a character can be drawn. */
export const cardFont = {
  knows: (character: string) => marketConfig.cardFont !== undefined || OWN.test(character),
}
