import { identicon } from '#views/address_view'

/** The size that links are shown with in chats and networks (https://ogp.me). */
export const CARD = { width: 1200, height: 630 }

/** What a card says of a token. Texts are as pages show them, and not escaped yet. */
export interface CardText {
  symbol: string | null
  name: string | null
  address: { full: string; short: string; lower: string }
  stage: string
  isGraduated: boolean
  venue: string
  /** Names of figures and what they are, four at most. */
  figures: [name: string, value: string][]
  /** Of the curve, in percent; null: it has none, or has graduated. */
  percent: number | null
}

/** So many characters fit, at the size that they have. */
const MOST_SYMBOL = 16
const MOST_NAME = 46

const COLOURS = {
  page: '#0f1217',
  panel: '#181c23',
  ink: '#eceef2',
  muted: '#9aa2b1',
  accent: '#ff9254',
  done: '#58d69a',
  line: '#2a303b',
}

/** The picture of a token as SVG. Whoever made the token wrote its name: nothing of it is markup. */
export function tokenCard(text: CardText, font: { knows: (character: string) => boolean }): string {
  const { address, figures, percent, venue, stage, isGraduated } = text
  const shown = (given: string | null, most: number) => cut(known(given, font.knows), most)
  const symbol = shown(text.symbol, MOST_SYMBOL) || address.short
  const name = text.name === text.symbol ? '' : shown(text.name, MOST_NAME)
  const icon = identicon(address.lower)
  const tone = isGraduated ? COLOURS.done : COLOURS.accent
  const part = Math.max(0, Math.min(percent ?? 0, 100)) / 100

  return `<svg xmlns="http://www.w3.org/2000/svg" width="${CARD.width}" height="${CARD.height}" viewBox="0 0 1200 630" font-family="DejaVu Sans" font-weight="bold">
<rect width="1200" height="630" fill="${COLOURS.page}"/>
<rect x="40" y="40" width="1120" height="550" rx="28" fill="${COLOURS.panel}" stroke="${COLOURS.line}" stroke-width="2"/>
<svg x="84" y="84" width="150" height="150" viewBox="-1 -1 7 7"><rect x="-1" y="-1" width="7" height="7" rx="1" fill="${COLOURS.line}"/><path d="${icon.path}" fill="hsl(${icon.hue}, 52%, 60%)"/></svg>
<text x="270" y="150" font-size="68" fill="${COLOURS.ink}">${escape(symbol)}</text>
<text x="270" y="202" font-size="30" fill="${COLOURS.muted}">${escape(name)}</text>
<text x="1116" y="118" font-size="28" text-anchor="end" fill="${tone}">${escape(known(stage, font.knows))}</text>
<text x="1116" y="158" font-size="26" text-anchor="end" fill="${COLOURS.muted}">${escape(venue)}</text>
<text x="84" y="284" font-size="24" fill="${COLOURS.muted}">${address.full}</text>
${figures.map(([label, value], index) => figure(known(label, font.knows), value, index)).join('\n')}
${percent === null ? '' : bar(part, `${percent.toFixed(1)}%`)}
<text x="1116" y="556" font-size="30" text-anchor="end" fill="${COLOURS.accent}">Regou</text>
</svg>`
}

function figure(label: string, value: string, index: number): string {
  const x = 84 + index * 262
  return `<text x="${x}" y="356" font-size="23" fill="${COLOURS.muted}">${escape(label)}</text><text x="${x}" y="402" font-size="36" fill="${COLOURS.ink}">${escape(cut(value, 12))}</text>`
}

function bar(part: number, percent: string): string {
  return `<rect x="84" y="456" width="900" height="20" rx="10" fill="${COLOURS.line}"/><rect x="84" y="456" width="${Math.round(900 * part)}" height="20" rx="10" fill="${COLOURS.accent}"/><text x="1116" y="476" font-size="30" text-anchor="end" fill="${COLOURS.ink}">${percent}</text>`
}

/** Characters that no font has would be boxes: they are left out. */
function known(text: string | null, knows: (character: string) => boolean): string {
  return [...(text ?? '')]
    .filter((character) => knows(character))
    .join('')
    .trim()
}

function cut(text: string, most: number): string {
  const characters = [...text]
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : text
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character]!)
}
