import { INST_TYPES, tellRows, type Recovering } from '#collectors/okx/recovery/recovering'
import type { OkxQuery } from '#collectors/okx/rest/okx_venue'
import { readFill } from '#sources/okx/fill'

const RECENT = '/api/v5/trade/fills'
const HISTORY = '/api/v5/trade/fills-history'

/** How far back the list of recent fills reaches, in milliseconds; the other one three months. */
const RECENT_MS = 3 * 86_400_000

/**
 * Reads the fills since a moment.
 *
 * @param since epoch milliseconds by OKX's clock
 * @returns how many were read
 */
export async function recoverFills(recovering: Recovering, since: number): Promise<number> {
  const now = await recovering.rest.venue.now()
  return readFills(recovering, { begin: since }, now - since < RECENT_MS)
}

/**
 * Reads the fills of an order, or of a time.
 *
 * @param isRecent whether all of them are of the last three days
 * @returns how many were read
 */
export async function readFills(
  recovering: Recovering,
  query: OkxQuery,
  isRecent: boolean
): Promise<number> {
  const { rest, signal } = recovering
  const lists = isRecent
    ? [{ path: RECENT, query }]
    : INST_TYPES.map((instType) => ({ path: HISTORY, query: { ...query, instType } }))
  let read = 0
  for (const list of lists) {
    for await (const rows of rest.pages(list.path, list.query, 'billId', signal)) {
      await tellRows(recovering, 'fills', rows, (heard, row) => heard.fills.push(readFill(row)))
      read += rows.length
    }
  }
  return read
}
