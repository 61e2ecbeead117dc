import { tellRows, type Recovering } from '#collectors/okx/recovery/recovering'
import { movePosition, readPosition } from '#collectors/okx/recovery/event_cursors'
import { compareIds, readBill } from '#sources/okx/bill'

const RECENT = '/api/v5/account/bills'
const ARCHIVE = '/api/v5/account/bills-archive'

/** How far back the list of recent bills reaches, in milliseconds; the archive three months. */
const RECENT_MS = 7 * 86_400_000

/** Lists show a bill some seconds after it was made, so that each reading goes back so far. */
const OVERLAP_MS = 120_000

/**
 * Reads the bills since the last reading, or of a time.
 *
 * @param within epoch milliseconds by OKX's clock; not given: since the last reading, or since `start`
 * @returns how many were read
 */
export async function recoverBills(
  recovering: Recovering,
  start: number,
  within?: { begin: number; end: number }
): Promise<number> {
  const { account, rest, signal } = recovering
  const position = await readPosition(account.id, 'bills')
  const startedAt = await rest.venue.now()
  const begin = within?.begin ?? Math.max(0, (position?.time ?? start) - OVERLAP_MS)
  const path = startedAt - begin < RECENT_MS ? RECENT : ARCHIVE
  let newest = position?.id ?? null
  let read = 0
  for await (const rows of rest.pages(path, { begin, end: within?.end }, 'billId', signal)) {
    const { bills } = await tellRows(recovering, 'bills', rows, (heard, row) =>
      heard.bills.push(readBill(row))
    )
    for (const { billId } of bills) {
      if (newest === null || compareIds(billId, newest) > 0) newest = billId
    }
    read += rows.length
  }
  if (!within) {
    await movePosition(account.id, 'bills', { time: startedAt, id: newest }, rest.venue.clock.now())
  }
  return read
}
