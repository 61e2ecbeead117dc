import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { insertRows } from '#foundation/db/insert_rows'
import { okxOrder } from '#facts/okx_order'
import { toNumber } from '#models/column_types'
import { factColumns, factTable, type Heard } from '#collectors/okx/ingest/heard'
import {
  algoContentHash,
  saysTheSameOfAlgo,
  WAITING_STATES,
  type AlgoContent,
  type OkxAlgoOrder,
} from '#sources/okx/algo_order'

const EVENTS = factTable(okxOrder, { content_hash: 'text', raw: 'text' })

type Known = AlgoContent & { updatedAt: number; isStored: boolean }

/**
 * Stores what was said about algo orders: each thing once as an event of its own kind, and the latest
 * in `algo_orders`.
 *
 * @param now epoch milliseconds
 */
export async function storeAlgoOrders(
  trx: TransactionClientContract,
  heard: readonly Heard[],
  now: number
) {
  const told = heard.flatMap((one) => one.algoOrders.map((order) => ({ heard: one, order })))
  if (told.length === 0) {
    return
  }
  const numbers = [...new Set(told.map(({ order }) => order.algoId))]
  const known = await readKnown(trx, numbers)
  const seen = await readSeen(trx, numbers)
  const latest = new Map<string, (typeof told)[number]>()
  const events: object[] = []
  for (const one of told) {
    const key = keyOf(one.heard.account.id, one.order.algoId)
    const hash = algoContentHash(one.order)
    const current = known.get(key)
    if (seen.has(`${key} ${hash}`) || (current && !advances(current, one.order))) continue
    seen.add(`${key} ${hash}`)
    known.set(key, { ...one.order, isStored: current?.isStored ?? false })
    latest.set(key, one)
    events.push(eventOf(one.heard, one.order, hash, now))
  }
  await insertRows(trx, EVENTS, events)
  for (const [key, one] of latest) {
    await write(trx, one.heard, one.order, known.get(key)!.isStored, now)
  }
}

/** Whether it has become what is said of it. What has ended never goes back. */
function advances(current: Known, order: OkxAlgoOrder): boolean {
  if (!WAITING_STATES.includes(current.state)) {
    return false
  }
  const isOver = !WAITING_STATES.includes(order.state)
  return isOver || (order.updatedAt >= current.updatedAt && !saysTheSameOfAlgo(current, order))
}

async function readKnown(trx: TransactionClientContract, numbers: readonly string[]) {
  const rows = await trx.from('algo_orders').whereIn('algo_id', [...numbers])
  return new Map<string, Known>(
    rows.map((row) => [
      keyOf(row.account_id, row.algo_id),
      {
        state: row.state,
        px: row.px,
        sz: row.sz,
        triggerPx: row.trigger_px,
        tpTriggerPx: row.tp_trigger_px,
        slTriggerPx: row.sl_trigger_px,
        updatedAt: toNumber(row.venue_updated_at) ?? 0,
        isStored: true,
      },
    ])
  )
}

async function readSeen(trx: TransactionClientContract, numbers: readonly string[]) {
  const rows = await trx
    .from('order_events')
    .where('change', 'algo')
    .whereIn('algo_id', [...numbers])
    .select('account_id', 'algo_id', 'content_hash')
  return new Set(rows.map((row) => `${keyOf(row.account_id, row.algo_id)} ${row.content_hash}`))
}

function keyOf(accountId: number | string, algoId: string): string {
  return `${accountId} ${algoId}`
}

async function write(
  trx: TransactionClientContract,
  { account }: Heard,
  order: OkxAlgoOrder,
  isStored: boolean,
  now: number
) {
  const of = { account_id: account.id, algo_id: order.algoId }
  const said = {
    ...wordsOf(order),
    venue_created_at: order.createdAt,
    venue_updated_at: order.updatedAt,
    updated_at: now,
  }
  if (isStored) {
    await trx.from('algo_orders').where(of).update(said)
  } else {
    await trx
      .insertQuery()
      .table('algo_orders')
      .insert({ ...said, ...of, owner_id: account.ownerId, created_at: now })
  }
}

function wordsOf(order: OkxAlgoOrder) {
  return {
    ord_id: order.ordId,
    state: order.state,
    inst_id: order.instId,
    ord_type: order.ordType,
    side: order.side,
    px: order.px,
    sz: order.sz,
    trigger_px: order.triggerPx,
    tp_trigger_px: order.tpTriggerPx,
    sl_trigger_px: order.slTriggerPx,
  }
}

function eventOf(heard: Heard, order: OkxAlgoOrder, hash: string, now: number) {
  return {
    ...factColumns(heard, order.updatedAt, now),
    ...wordsOf(order),
    change: 'algo',
    algo_id: order.algoId,
    cl_ord_id: order.clOrdId,
    inst_type: order.instType,
    pos_side: order.posSide,
    td_mode: order.tdMode,
    tgt_ccy: order.tgtCcy,
    // It is never filled itself: the orders that it places are.
    acc_fill_sz: '0',
    amend_result: order.amendResult,
    content_hash: hash,
    raw: JSON.stringify(order.raw),
  }
}
