import { styleText } from 'node:util'

/** A terminal, or a file or pipe in its place. */
export interface Output {
  isTTY?: boolean
  /** How many characters a line of the terminal has. */
  columns?: number
  write(text: string): unknown
}

/** Lines of help and lists are not longer than this: longer ones are hard to read. */
const WIDEST = 100

const FALLBACK_COLUMNS = 80

/** How long lines of text should be on an output. */
export function textWidth({ columns = FALLBACK_COLUMNS }: Output = process.stdout): number {
  return Math.max(20, Math.min(columns, WIDEST))
}

/** A text in a colour, where the output shows colours: NO_COLOR and FORCE_COLOR are heard. */
export function painted(
  style: 'bold' | 'cyan' | 'red',
  text: string,
  stream: NodeJS.WritableStream = process.stdout
): string {
  return styleText(style, text, { stream })
}

const GRAPHEMES = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** Chinese, Japanese and Korean, full-width forms and emoji take two cells of a terminal. */
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\ufe0f/u

const NO_CELL = /^[\p{Mark}\u200b-\u200d\ufeff]+$/u

function cellsOf(grapheme: string): number {
  if (NO_CELL.test(grapheme)) return 0
  return WIDE.test(grapheme) ? 2 : 1
}

// eslint-disable-next-line no-control-regex
const PRINTABLE_ASCII = /^[\u0000-\u007e]*$/

/** How many cells of a terminal a text takes. */
export function displayWidth(text: string): number {
  if (PRINTABLE_ASCII.test(text)) return text.length
  return [...GRAPHEMES.segment(text)].reduce((sum, { segment }) => sum + cellsOf(segment), 0)
}

/** The text, or its beginning with an ellipsis when it takes more than so many cells. */
export function cutTo(width: number, text: string): string {
  if (displayWidth(text) <= width) return text

  let kept = ''
  let room = width - 1
  for (const { segment } of GRAPHEMES.segment(text)) {
    room -= cellsOf(segment)
    if (room < 0) break
    kept += segment
  }
  return `${kept}…`
}

/** The text with spaces up to so many cells, behind it or for numbers before it. */
export function padTo(width: number, text: string, side: 'end' | 'start' = 'end'): string {
  const space = ' '.repeat(Math.max(0, width - displayWidth(text)))
  return side === 'end' ? text + space : space + text
}

/** Breaks a text between its words into lines of at most so many cells. A longer word stays whole. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = []
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = lines.at(-1)
    if (last !== undefined && displayWidth(last) + 1 + displayWidth(word) <= width) {
      lines[lines.length - 1] = `${last} ${word}`
    } else lines.push(word)
  }
  return lines
}
