import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { insertRows } from '#foundation/db/insert_rows'
import { okxOrder } from '#facts/okx_order'
import { factColumns, factTable, type Heard } from '#collectors/okx/ingest/heard'
import { KnownOrders, type KnownOrder } from '#collectors/okx/ingest/known_orders'
import { orderColumns } from '#collectors/okx/ingest/order_columns'
import {
  compareNumbers,
  contentHash,
  isTerminal,
  saysTheSame,
  type OkxOrder,
} from '#sources/okx/order'

const EVENTS = factTable(okxOrder, { content_hash: 'text', raw: 'text' })

/**
 * Stores what was said about orders: each thing once as an event, and the latest in `orders`. An order
 * that was announced and is seen now gets its number. How far it is for its owner (`status`) is decided
 * in app/orders.
 *
 * @param now epoch milliseconds
 */
export async function storeOrders(
  trx: TransactionClientContract,
  heard: readonly Heard[],
  now: number
) {
  const told = heard.flatMap((one) => one.orders.map((order) => ({ heard: one, order })))
  if (told.length === 0) {
    return
  }
  const known = await KnownOrders.read(trx, told)
  const events: object[] = []
  for (const { heard: from, order } of told) {
    const hash = contentHash(order)
    const current = known.find(from.account.id, order)
    const isSeen = known.hasHeard(from.account.id, order.ordId, hash)
    if (!isSeen && isNews(current, order)) {
      known.noteHeard(from.account.id, order.ordId, hash)
      events.push(eventOf(from, order, hash, now))
    }
    const isLatest = !current?.venueState || (!isSeen && advances(current, order))
    if (isLatest || completes(current, from, order)) {
      known.put(from, order)
    }
  }
  await insertRows(trx, EVENTS, events)
  await known.write(now)
}

/** Whether something is told of an order that its owner has not been told. */
function isNews(current: KnownOrder | undefined, order: OkxOrder): boolean {
  const isRefusedAmendment = order.amendResult !== null && order.amendResult !== '0'
  return !current?.venueState || isRefusedAmendment || advances(current, order)
}

/**
 * Whether an order has become what is said of it. `uTime` alone does not tell: two states may have one.
 * What has ended never goes back, unless OKX knows again what it did not know before.
 */
function advances(current: KnownOrder, order: OkxOrder): boolean {
  if (isTerminal(current.venueState)) {
    return current.venueState === 'gone' && order.state !== 'gone'
  }
  if (isTerminal(order.state)) {
    return true
  }
  const filled = compareNumbers(order.accFillSz, current.accFillSz)
  if (filled !== 0) {
    return filled > 0
  }
  return order.updatedAt >= current.updatedAt && !saysTheSame(currentContent(current), order)
}

/** REST tells fees and prices of an order that has ended as they are in the end. */
function completes(current: KnownOrder | undefined, { origin }: Heard, order: OkxOrder): boolean {
  return origin !== 'push' && current?.venueState === order.state && isTerminal(order.state)
}

function currentContent({ venueState, px, sz, accFillSz, cancelSource }: KnownOrder) {
  return { state: venueState!, px, sz: sz ?? '0', accFillSz, cancelSource }
}

function eventOf(heard: Heard, order: OkxOrder, hash: string, now: number) {
  return {
    ...factColumns(heard, order.updatedAt, now),
    ...orderColumns(order),
    change: order.state === 'filled' ? 'filled' : 'updated',
    state: order.state,
    liquidation: order.liquidation,
    amend_result: order.amendResult,
    content_hash: hash,
    raw: JSON.stringify(order.raw),
  }
}
