import { compareIds, readBill, type OkxBill } from '#sources/okx/bill'
import { readInstrument } from '#sources/okx/contract_size'
import { readFill, type OkxFill } from '#sources/okx/fill'
import { readOrder, type OkxOrder } from '#sources/okx/order'
import { rowsIn, type OkxRow } from '#sources/okx/row'
import type { ToldItems } from '#verification/evidence/items'
import type { RawBodies } from '#verification/evidence/roots'

/** What bodies are kept as: pages after the first are `account/bills.2` and so on. */
export const RAW = {
  order: 'trade/order',
  fills: 'trade/fills-history',
  bills: 'account/bills',
  instrument: 'public/instruments',
} as const

/** What the venue's answers say of an order, and all bills that came with it. */
export interface RawItems {
  told: ToldItems
  fills: readonly OkxFill[]
  /** In the order of their numbers, those of the order and around it. */
  bills: readonly OkxBill[]
}

/**
 * Reads the items out of the bodies that a package holds: the same with a connection to the venue and
 * years later without one.
 *
 * @returns null when the venue did not know the order
 * @throws SyntaxError or OkxDecodeError when a body is not as OKX writes it
 */
export function itemsInRaw(raw: RawBodies): RawItems | null {
  const [row] = rowsOf(raw, RAW.order)
  if (!row) {
    return null
  }
  const order = readOrder(row)
  const fills = unique(
    rowsOf(raw, RAW.fills).map((fill) => readFill(fill)),
    (fill) => fill.billId ?? `${fill.tradeId} ${fill.fillTime}`
  ).filter(({ ordId }) => ordId === order.ordId)
  const bills = unique(rowsOf(raw, RAW.bills).map(readBill), ({ billId }) => billId).sort(
    (one, other) => compareIds(one.billId, other.billId)
  )
  const [contract] = rowsOf(raw, RAW.instrument)
  const instrument = contract ? readInstrument(contract) : null
  return {
    told: {
      order: toldOrder(order),
      executions: fills.map((fill) => toldFill(fill, instrument?.ctVal ?? null)),
      bills: bills.filter(({ ordId }) => ordId === order.ordId),
      instrument,
    },
    fills,
    bills,
  }
}

/** The rows of all pages of an answer. */
function rowsOf(raw: RawBodies, name: string): OkxRow[] {
  return Object.keys(raw)
    .filter((kept) => kept === name || kept.startsWith(`${name}.`))
    .flatMap((kept) => rowsIn(JSON.parse(raw[kept]!).data))
}

function unique<T>(rows: readonly T[], key: (row: T) => string): T[] {
  return [...new Map(rows.map((row) => [key(row), row])).values()]
}

function toldOrder({ createdAt, ...order }: OkxOrder): ToldItems['order'] {
  return { ...order, cTime: String(createdAt) }
}

function toldFill({ fillTime, ...fill }: OkxFill, ctVal: string | null) {
  return { ...fill, ctVal, fillTime: String(fillTime) }
}
