import db from '@adonisjs/lucid/services/db'
import { isOkxCode, NO_SUCH_ORDER } from '#collectors/okx/okx_failure'
import { INST_TYPES, tellRows, type Recovering } from '#collectors/okx/recovery/recovering'
import type { Heard } from '#collectors/okx/ingest/heard'
import { OPEN_STATES, readOrder, type OkxOrder } from '#sources/okx/order'
import type { OkxRow } from '#sources/okx/row'

const HISTORY = '/api/v5/trade/orders-history'
const ARCHIVE = '/api/v5/trade/orders-history-archive'

/** How far back the list of orders that have ended reaches, in milliseconds. */
const HISTORY_MS = 7 * 86_400_000

/**
 * Reads what became of orders since a moment: those that are open, each that was open and is not, and
 * those that began and ended in between. Lists filter by when an order began: an old one that ended
 * since is in none of them, and is asked for by its number.
 *
 * @param since epoch milliseconds by OKX's clock
 * @returns how many orders were read
 */
export async function recoverOrders(recovering: Recovering, since: number): Promise<number> {
  const { account, rest, signal } = recovering
  const before = await openOrders(account.id)
  const open = new Set<string>()
  let read = 0
  for await (const rows of rest.pages('/api/v5/trade/orders-pending', {}, 'ordId', signal)) {
    const { orders } = await tellRows(recovering, 'orders-pending', rows, takeOrder)
    orders.forEach(({ ordId }) => open.add(ordId))
    read += orders.length
  }
  for (const order of before.filter(({ ord_id: id }) => !open.has(id))) {
    await recoverOne(recovering, order)
    read++
  }
  const isRecent = (await rest.venue.now()) - since < HISTORY_MS
  for (const instType of INST_TYPES) {
    const query = { instType, begin: since }
    const path = isRecent ? HISTORY : ARCHIVE
    for await (const rows of rest.pages(path, query, 'ordId', signal)) {
      const { orders } = await tellRows(recovering, 'orders-history', rows, takeOrder)
      read += orders.length
    }
  }
  return read
}

export function takeOrder(heard: Heard, row: OkxRow) {
  heard.orders.push(readOrder(row))
}

interface OpenOrder {
  ord_id: string
  inst_id: string
}

function openOrders(accountId: number): Promise<OpenOrder[]> {
  return db
    .from('orders')
    .where('account_id', accountId)
    .whereIn('venue_state', OPEN_STATES)
    .orderBy('id')
}

/** An order that was open. OKX forgets those that were canceled without a fill after two hours. */
async function recoverOne(recovering: Recovering, { ord_id: ordId, inst_id: instId }: OpenOrder) {
  const { rest, signal } = recovering
  try {
    const { rows } = await rest.ask('/api/v5/trade/order', { instId, ordId }, signal)
    await tellRows(recovering, 'order', rows, takeOrder)
  } catch (error) {
    if (!isOkxCode(error, NO_SUCH_ORDER)) throw error
    await tellGone(recovering, ordId)
  }
}

/** "Not at the venue any more" is a state: it is told once, and taken back when OKX knows it again. */
async function tellGone(recovering: Recovering, ordId: string) {
  const { account, rest } = recovering
  const last = await db
    .from('order_events')
    .where({ account_id: account.id, ord_id: ordId })
    .whereNot('origin', 'monitor')
    // The event of an algo order names the order that it placed.
    .whereNot('change', 'algo')
    .orderBy('id', 'desc')
    .firstOrFail()
  const told: OkxOrder = readOrder(JSON.parse(last.raw))
  const gone = { ...told, state: 'gone', amendResult: null, reqId: null }
  const updatedAt = await rest.venue.now()
  await tellRows(recovering, 'order', [gone.raw], (heard) =>
    heard.orders.push({ ...gone, updatedAt })
  )
}
