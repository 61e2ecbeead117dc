import type { Viewer } from '#http/viewer'

/** One cell of a list. */
export interface ListCell {
  text?: string
  /** Instead of a text: words in the reader's language, `operator.values.NAME`. */
  words?: string
  href?: string
  /** Of fixed width, such as an address. */
  isCode?: boolean
  /** How its chip looks: `done`, `waiting`, `failed`. */
  look?: string
  /** A time as ISO 8601. */
  iso?: string
}

/** A button of a row, or of a page, with what it sends. */
export interface ListForm {
  /** Where it is sent. */
  action: string
  /** Its words: `operator.forms.NAME`. */
  name: string
  /** Sent as they are. */
  hidden?: Record<string, string>
  /** Asked for; their words are `operator.inputs.NAME`. */
  inputs?: readonly { name: string; value?: string; options?: readonly string[] }[]
  isDangerous?: boolean
}

export interface ListRow {
  id: string
  cells: readonly ListCell[]
  forms?: readonly ListForm[]
}

/** A list of the operator's pages. Its words are `operator.lists.NAME`, those of its columns `operator.columns.NAME`. */
export interface ListView {
  name: string
  columns: readonly string[]
  rows: readonly ListRow[]
  /** The page that goes on after the last row. */
  older?: string | null
  /** What may be done with all rows that are ticked. */
  bulk?: { action: string; name: string }
  /** What may be done without a row. */
  forms?: readonly ListForm[]
}

/** A filter of a page: a choice, or a text to look for. Its words are `operator.filters.NAME`. */
export interface ListFilter {
  name: string
  value: string
  options?: readonly string[]
}

/** A time as an operator reads it. */
export function timeCell(ms: number | null, localTime: Viewer['localTime']): ListCell {
  if (ms === null) return { text: '–' }
  const { iso, text } = localTime(ms)
  return { text, iso }
}

export const textCell = (value: string | number | null): ListCell => ({
  text: String(value ?? '–'),
})

export const wordCell = (words: string, look?: string): ListCell => ({ words, look })

export const codeCell = (value: string | null): ListCell => ({ text: value ?? '–', isCode: true })
