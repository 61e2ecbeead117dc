import db from '@adonisjs/lucid/services/db'
import { isOkxCode, NO_SUCH_ORDER } from '#collectors/okx/okx_failure'
import { movePosition, readPosition } from '#collectors/okx/recovery/event_cursors'
import { OVERLAP_MS, tellRows, type Recovering } from '#collectors/okx/recovery/recovering'
import type { Heard } from '#collectors/okx/ingest/heard'
import { ALGO_TYPES, ENDED_STATES, readAlgoOrder, WAITING_STATES } from '#sources/okx/algo_order'
import { timeIn, type OkxRow } from '#sources/okx/row'

const PENDING = '/api/v5/trade/orders-algo-pending'
const HISTORY = '/api/v5/trade/orders-algo-history'
const ONE = '/api/v5/trade/order-algo'

/**
 * Reads what became of algo orders since everything was known: those that wait, each that waited and
 * does not any more, and those that began and ended in between. OKX keeps those that have ended for
 * three months, also those that were canceled.
 *
 * @param asked how far back, where that is not as far as is known: epoch milliseconds
 * @returns how many were read
 * @throws OkxFailure; what was read is stored, and the next recovery begins where this one did
 */
export async function recoverAlgoOrders(recovering: Recovering, asked?: number): Promise<number> {
  const { account, rest, signal } = recovering
  const startedAt = await rest.venue.now()
  const known = await readPosition(account.id, 'algo_orders')
  const since = (asked ?? known?.time ?? startedAt) - OVERLAP_MS
  const before = await waitingOrders(account.id)
  const waiting = new Set<string>()
  let read = 0
  for (const ordType of ALGO_TYPES) {
    for await (const rows of rest.pages(PENDING, { ordType }, 'algoId', signal)) {
      const { algoOrders } = await tellRows(recovering, 'orders-algo-pending', rows, takeAlgoOrder)
      algoOrders.forEach(({ algoId }) => waiting.add(algoId))
      read += algoOrders.length
    }
  }
  for (const algoId of before.filter((id) => !waiting.has(id))) {
    await recoverOne(recovering, algoId)
    read++
  }
  for (const ordType of ALGO_TYPES) {
    for (const state of ENDED_STATES) {
      read += await recoverEnded(recovering, { ordType, state }, since)
    }
  }
  const now = rest.venue.clock.now()
  await movePosition(account.id, 'algo_orders', { time: startedAt, id: null }, now)
  return read
}

function takeAlgoOrder(heard: Heard, row: OkxRow) {
  heard.algoOrders.push(readAlgoOrder(row))
}

async function waitingOrders(accountId: number): Promise<string[]> {
  const rows = await db
    .from('algo_orders')
    .where('account_id', accountId)
    .whereIn('state', WAITING_STATES)
    .orderBy('id')
    .select('algo_id')
  return rows.map((row) => row.algo_id)
}

/** One that waited. OKX forgets it after three months: then it stays as it was last known. */
async function recoverOne(recovering: Recovering, algoId: string) {
  const { rest, signal } = recovering
  try {
    const { rows } = await rest.ask(ONE, { algoId }, signal)
    await tellRows(recovering, 'order-algo', rows, takeAlgoOrder)
  } catch (error) {
    if (!isOkxCode(error, NO_SUCH_ORDER)) throw error
  }
}

/** The list goes from the newest on, and knows no time: it is read down to one that began before. */
async function recoverEnded(
  recovering: Recovering,
  query: { ordType: string; state: string },
  since: number
): Promise<number> {
  const { rest, signal } = recovering
  let read = 0
  for await (const rows of rest.pages(HISTORY, query, 'algoId', signal)) {
    const recent = rows.filter((row) => (timeIn(row, 'cTime') ?? since) >= since)
    await tellRows(recovering, 'orders-algo-history', recent, takeAlgoOrder)
    read += recent.length
    if (recent.length < rows.length) break
  }
  return read
}
