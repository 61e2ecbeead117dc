import { hash } from 'node:crypto'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { insertRows, type WrittenTable } from '#foundation/db/insert_rows'
import { canonicalJson } from '#foundation/text/canonical_json'
import OkxAccount from '#models/okx_account'
import type Order from '#models/order'
import type { OrderStanding } from '#orders/order_state'

const EVENTS: WrittenTable = {
  name: 'order_events',
  columns: {
    account_id: 'bigint',
    owner_id: 'bigint',
    account_uid: 'text',
    environment: 'text',
    origin: 'text',
    event_time: 'bigint',
    received_at: 'bigint',
    change: 'text',
    ord_id: 'text',
    cl_ord_id: 'text',
    state: 'text',
    inst_type: 'text',
    inst_id: 'text',
    side: 'text',
    pos_side: 'text',
    td_mode: 'text',
    ord_type: 'text',
    tgt_ccy: 'text',
    px: 'text',
    sz: 'text',
    acc_fill_sz: 'text',
    avg_px: 'text',
    fee: 'text',
    fee_ccy: 'text',
    pnl: 'text',
    category: 'text',
    cancel_source: 'text',
    status: 'text',
    reason: 'text',
    content_hash: 'text',
    raw: 'text',
    created_at: 'bigint',
  },
}

/** The state of an order that the venue has not shown. */
const ANNOUNCED = 'announced'

/** A fact for the owner of an order: where it stands, and what the venue said of it last. */
export async function tellStanding(
  trx: TransactionClientContract,
  order: Order,
  { status, reason }: OrderStanding,
  now: number
) {
  const account = await OkxAccount.findOrFail(order.accountId, { client: trx })
  const said = canonicalJson({ order: order.id, status, reason, at: now })
  const row = {
    account_id: account.id,
    owner_id: order.ownerId,
    account_uid: account.uid ?? '',
    environment: account.environment,
    origin: 'monitor',
    change: 'updated',
    event_time: now,
    received_at: now,
    created_at: now,
    ord_id: order.ordId,
    cl_ord_id: order.clOrdId,
    state: order.venueState ?? ANNOUNCED,
    inst_type: order.instType,
    inst_id: order.instId,
    side: order.side,
    pos_side: order.posSide,
    td_mode: order.tdMode,
    ord_type: order.ordType,
    tgt_ccy: order.tgtCcy,
    px: order.px,
    sz: order.sz,
    avg_px: order.avgPx,
    acc_fill_sz: order.accFillSz ?? '0',
    fee: order.fee,
    fee_ccy: order.feeCcy,
    pnl: order.pnl,
    category: order.category,
    cancel_source: order.cancelSource,
    status,
    reason,
    content_hash: hash('sha256', said),
    raw: said,
  }
  await insertRows(trx, EVENTS, [row])
}
