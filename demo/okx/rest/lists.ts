import { algoRow, type AlgoOrder } from '#demo/okx/ledger/algo_order'
import { isOpen, type Fill, type Order } from '#demo/okx/ledger/order'
import type { Bill } from '#demo/okx/ledger/bill'
import { RestRefusal } from '#demo/okx/rest/answer'
import { pageOf, type List, type Query } from '#demo/okx/rest/paging'
import { billRow } from '#demo/okx/rows/account_rows'
import { fillRow, orderRow, type Row } from '#demo/okx/rows/order_rows'
import type { VenueAccount } from '#demo/okx/venue_account'
import type { Venue } from '#demo/okx/venue'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const MONTH_MS = 30 * DAY_MS

/** How far back each list reaches, in milliseconds. */
const REACH = {
  history: 7 * DAY_MS,
  archive: 3 * MONTH_MS,
  fills: 3 * DAY_MS,
  /** An order that was canceled without a fill is forgotten after this time. */
  canceled: 2 * HOUR_MS,
}

type ListAnswer = (venue: Venue, account: VenueAccount, query: Query) => Row[]

/** The lists of an account, by their path below `/api/v5/`. */
export const LISTS: Record<string, ListAnswer> = {
  'trade/orders-pending': (_, account, query) =>
    pageOf({ ...orders(account), isShown: isOpen }, query),
  'trade/orders-history': (venue, account, query) =>
    pageOf(endedOrders(venue, account, REACH.history, query), query),
  'trade/orders-history-archive': (venue, account, query) =>
    pageOf(endedOrders(venue, account, REACH.archive, query), query),
  'trade/fills': (venue, account, query) => pageOf(fills(venue, account, REACH.fills), query),
  'trade/fills-history': (venue, account, query) => {
    required(query, 'instType')
    return pageOf(fills(venue, account, REACH.archive), query)
  },
  'trade/orders-algo-pending': (_, account, query) => {
    required(query, 'ordType')
    return pageOf({ ...algoOrders(account), isShown: ({ state }) => state === 'live' }, query)
  },
  'trade/orders-algo-history': (venue, account, query) => {
    required(query, 'ordType')
    if (!query.algoId) required(query, 'state')
    const isShown = ({ state, uTime }: AlgoOrder) => state !== 'live' && hasSettled(venue, uTime)
    return pageOf({ ...algoOrders(account), isShown }, query)
  },
  'account/bills': (venue, account, query) => pageOf(bills(venue, account, REACH.history), query),
  'account/bills-archive': (venue, account, query) =>
    pageOf(bills(venue, account, REACH.archive), query),
}

/** Whether the venue no longer knows the order: neither in its lists nor by its id. */
export function isForgotten(order: Order, now: number): boolean {
  return order.state === 'canceled' && order.accFillSz === 0n && now - order.uTime >= REACH.canceled
}

export function required(query: Query, name: string): string {
  const value = query[name]
  if (!value) throw new RestRefusal('50014', name)
  return value
}

function orders({ ledger }: VenueAccount): List<Order> {
  return {
    items: [...ledger.orders.values()],
    idOf: ({ ordId }) => ordId,
    timeOf: ({ cTime }) => cTime,
    isShown: () => true,
    rowOf: orderRow,
    filters: ['instType', 'instId', 'ordType', 'state', 'category'],
  }
}

function algoOrders({ ledger }: VenueAccount): List<AlgoOrder> {
  return {
    items: [...ledger.algoOrders.values()],
    idOf: ({ algoId }) => algoId,
    timeOf: ({ cTime }) => cTime,
    isShown: () => true,
    rowOf: algoRow,
    filters: ['instType', 'instId', 'ordType', 'state', 'algoId'],
  }
}

function endedOrders(venue: Venue, account: VenueAccount, reachMs: number, query: Query) {
  required(query, 'instType')
  const now = venue.now()
  return {
    ...orders(account),
    isShown: (order: Order) =>
      !isOpen(order) &&
      hasSettled(venue, order.uTime) &&
      now - order.uTime <= reachMs &&
      !isForgotten(order, now),
  }
}

function fills(venue: Venue, { ledger }: VenueAccount, reachMs: number): List<Fill> {
  return {
    items: ledger.fills,
    idOf: ({ billId }) => billId,
    timeOf: ({ time }) => time,
    isShown: ({ time }) => hasSettled(venue, time) && venue.now() - time <= reachMs,
    rowOf: fillRow,
    filters: ['instType', 'instId', 'ordId', 'subType'],
  }
}

function bills(venue: Venue, { ledger, hiddenBills }: VenueAccount, reachMs: number): List<Bill> {
  return {
    items: ledger.bills,
    idOf: ({ billId }) => billId,
    timeOf: ({ ts }) => ts,
    isShown: ({ billId, ts }) =>
      hasSettled(venue, ts) && venue.now() - ts <= reachMs && !hiddenBills.has(billId),
    rowOf: billRow,
    filters: ['instType', 'instId', 'ccy', 'mgnMode', 'type', 'subType'],
  }
}

/** Lists show what happened a little later than it did. */
function hasSettled({ now, knobs }: Venue, time: number): boolean {
  return now() - time >= knobs.historyLagMs
}
