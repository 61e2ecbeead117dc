import { hasContracts } from '#sources/okx/contract_size'
import { compareIds } from '#sources/okx/bill'
import type { OkxRow } from '#sources/okx/row'
import type OkxAccount from '#models/okx_account'
import type Order from '#models/order'
import { RAW } from '#verification/evidence/raw_items'
import type { RawBodies } from '#verification/evidence/roots'

/** An answer of the venue: its rows, and the body as it came. An order that it does not know has none. */
export interface VenueAnswer {
  rows: readonly OkxRow[]
  body: string
}

/**
 * Asks the venue with the key of an account.
 *
 * @param path such as `trade/order`
 * @throws TransientError whose kind is one of `#models/okx_reasons`
 */
export type AskVenue = (
  account: OkxAccount,
  path: string,
  query: Record<string, string | number | undefined>,
  signal: AbortSignal
) => Promise<VenueAnswer>

/** Rows of a full page. */
const PAGE = 100

/** Pages of bills that are read to find the one before the order. */
const MOST_PAGES = 5

/** Bills of the last seven days are in one list, older ones in another; with a margin, in milliseconds. */
const RECENT_MS = 6 * 86_400_000

/** Bills so long after the last fill are asked for as well, in milliseconds. */
const AFTERWARDS_MS = 60_000

interface Asked {
  ask: AskVenue
  account: OkxAccount
  order: Order
  /** Epoch milliseconds. */
  now: number
  signal: AbortSignal
}

/** What the venue answers now about an order: the order, its fills, the bills in and around it, the contract. */
export async function gatherRaw(asked: Asked): Promise<RawBodies> {
  const { ask, account, order, signal } = asked
  const { instId, instType } = order
  const of = { instId, ordId: order.ordId! }
  const told = await ask(account, RAW.order, of, signal)
  const contract = hasContracts(instType ?? '')
    ? await ask(account, RAW.instrument, { instType: instType!, instId }, signal)
    : null
  return {
    [RAW.order]: told.body,
    ...(await fills(asked)),
    ...(await bills(asked)),
    ...(contract && { [RAW.instrument]: contract.body }),
  }
}

function fills({ ask, account, order, signal }: Asked): Promise<RawBodies> {
  const query = { instType: order.instType!, ordId: order.ordId! }
  const page = (after?: string) => ask(account, RAW.fills, { ...query, after, limit: PAGE }, signal)
  return pagesOf(RAW.fills, page, () => false)
}

/** Bills up to a while after the order, back to one that is older than the order's own. */
function bills({ ask, account, order, now, signal }: Asked): Promise<RawBodies> {
  const last = order.fillTime ?? order.endedAt ?? now
  const path = now - last < RECENT_MS ? RAW.bills : `${RAW.bills}-archive`
  const query = { end: last + AFTERWARDS_MS, limit: PAGE }
  const page = (after?: string) => ask(account, path, { ...query, after }, signal)
  return pagesOf(RAW.bills, page, (rows) => reachBefore(rows, order.ordId!))
}

/** Whether there is an older bill of each currency in which the order has some. */
function reachBefore(rows: readonly OkxRow[], ordId: string): boolean {
  const own = rows.filter((row) => row.ordId === ordId)
  return (
    own.length > 0 &&
    own.every(({ ccy, billId }) =>
      rows.some(
        (row) =>
          row.ccy === ccy &&
          row.ordId !== ordId &&
          compareIds(String(row.billId), String(billId)) < 0
      )
    )
  )
}

/** The pages of a list, the newest first, until there is no further one or `isEnough`. */
async function pagesOf(
  name: string,
  page: (after?: string) => Promise<VenueAnswer>,
  isEnough: (rows: readonly OkxRow[]) => boolean
): Promise<RawBodies> {
  const bodies: Record<string, string> = {}
  const rows: OkxRow[] = []
  for (let number = 1; number <= MOST_PAGES; number++) {
    const answer = await page(rows.at(-1)?.billId as string | undefined)
    bodies[number === 1 ? name : `${name}.${number}`] = answer.body
    rows.push(...answer.rows)
    if (answer.rows.length < PAGE || isEnough(rows)) break
  }
  return bodies
}
