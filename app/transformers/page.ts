import { encodePageCursor } from '#feed/page_cursor'

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
