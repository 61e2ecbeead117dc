/** What a page cursor says in clear text: only facts older than this id. */
const CURSOR = /^before:(\d{1,15})$/

/** The cursor of the page that follows the fact with this id. Opaque to its readers. */
export function encodePageCursor(id: number): string {
  return Buffer.from(`before:${id}`).toString('base64url')
}

/** The id that a page continues below, or null when the text is no cursor of ours. */
export function decodePageCursor(cursor: string): number | null {
  const match = CURSOR.exec(Buffer.from(cursor, 'base64url').toString())
  return match ? Number(match[1]) : null
}
