import { encodePageCursor } from '#feed/page_cursor'
import type { Walked } from '#foundation/walk/bounded_walk'

/** A list's answer from one row more than the page holds, if there is one. */
export function pageOf<Row extends { id: number }, View>(
  rows: readonly Row[],
  limit: number,
  view: (row: Row) => View
) {
  const shown = rows.slice(0, limit)
  const next = rows.length > limit ? encodePageCursor(shown.at(-1)!.id) : null
  return { data: shown.map((row) => view(row)), meta: { next_cursor: next } }
}

/** A list's answer from a bounded walk, which may have to go on where its page is not full. */
export function walkedPageOf<Row extends object, View>(
  { rows, below }: Walked<Row>,
  view: (row: Row) => View
) {
  return {
    data: rows.map((row) => view(row)),
    meta: { next_cursor: below === null ? null : encodePageCursor(below) },
  }
}
