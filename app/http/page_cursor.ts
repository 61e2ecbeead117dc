import { ApiError } from '#exceptions/api_error'
import type { Page, PageWindow } from '#foundation/walk/page'

const DEFAULT_LIMIT = 50

/** What a page cursor says in clear text: only rows with a smaller id than this. */
const CURSOR = /^before:(\d{1,15})$/

/** The cursor of the page that follows the row with this id. Opaque to its readers. */
export function encodePageCursor(id: number): string {
  return Buffer.from(`before:${id}`).toString('base64url')
}

/** The id that a page continues below, or null when the text is no cursor of ours. */
export function decodePageCursor(cursor: string): number | null {
  const match = CURSOR.exec(Buffer.from(cursor, 'base64url').toString())
  return match ? Number(match[1]) : null
}

interface PageParameters {
  limit?: number
  cursor?: string
}

/**
 * Splits a list's parameters into which page and which rows.
 *
 * @throws ApiError (400) when the cursor is not one that a list has answered
 */
export function toPageRequest<Parameters extends PageParameters>(
  parameters: Parameters
): { filters: Omit<Parameters, keyof PageParameters>; page: PageWindow } {
  const { limit = DEFAULT_LIMIT, cursor, ...filters } = parameters
  if (cursor === undefined) return { filters, page: { limit } }

  const before = decodePageCursor(cursor)
  if (before === null) {
    const message = 'The cursor is not one of ours. Take it unchanged from meta.next_cursor.'
    throw new ApiError(400, [{ code: 'invalid_cursor', message, field: 'cursor' }])
  }
  return { filters, page: { limit, before } }
}

/** A list's answer: what is shown of a page, and where the list goes on, also where it is not full. */
export function pageAnswer<Row, View>({ rows, below }: Page<Row>, view: (row: Row) => View) {
  return {
    data: rows.map((row) => view(row)),
    meta: { next_cursor: below === null ? null : encodePageCursor(below) },
  }
}
