import db from '@adonisjs/lucid/services/db'
import type { LocalOkx } from '#demo/okx/local_okx'
import type { VenueAccount } from '#demo/okx/venue_account'
import { TransientError } from '#foundation/errors'
import OkxAccount from '#models/okx_account'
import Order from '#models/order'
import { readBill } from '#sources/okx/bill'
import { readInstrument } from '#sources/okx/contract_size'
import { readFill } from '#sources/okx/fill'
import { readOrder } from '#sources/okx/order'
import type { OkxRow } from '#sources/okx/row'
import type { AskVenue } from '#verification/work/gather_raw'
import { askVenue } from '#tests/support/local_okx'

export const LIMITS = { confirmMs: 600_000, fillMs: 86_400_000 }

/** An account that is heard, from long ago on. */
export function storeOkxAccount(fields: Partial<OkxAccount> = {}): Promise<OkxAccount> {
  return OkxAccount.create({
    ownerId: null,
    label: `account ${fields.uid ?? 1}`,
    region: 'global',
    environment: 'live',
    uid: '440000000000000001',
    status: 'active',
    connection: 'live',
    reconnects: 0,
    handovers: 0,
    ownFaults: 0,
    createdAt: 1,
    updatedAt: 1,
    ...fields,
  })
}

/** An order that the venue has told of. */
export function storeOrder(account: OkxAccount, fields: Partial<Order> = {}): Promise<Order> {
  return Order.create({
    accountId: account.id,
    ownerId: account.ownerId,
    ordId: '100',
    instId: 'BTC-USDT-SWAP',
    instType: 'SWAP',
    status: 'pending',
    partial: false,
    reduceOnly: false,
    createdAt: 1,
    updatedAt: 1,
    ...fields,
  })
}

/** The words of the venue as a listener would store them. */
export async function hear(order: Order, venueState: string, accFillSz = '0') {
  await Order.query().where('id', order.id).update({ venueState, accFillSz })
}

/** Asks the play venue as `verify:orders` asks OKX. */
export function askAt(okx: LocalOkx, account: VenueAccount): AskVenue {
  return async (_, path, query) => {
    const given = Object.entries(query).filter(([, value]) => value !== undefined)
    const search = given.length > 0 ? `?${new URLSearchParams(given as [string, string][])}` : ''
    const { code, msg, data } = await askVenue(okx, account, `/api/v5/${path}${search}`)
    if (code === '51603') return { rows: [], body: '{"data":[]}' }
    if (code !== '0') throw new TransientError('busy', `the venue said ${code}`)
    return { rows: data!, body: JSON.stringify({ code, msg, data }) }
  }
}

/** Stores what a listener records of an order: its row, fills, bills and contract. */
export async function record(
  okx: LocalOkx,
  venueAccount: VenueAccount,
  account: OkxAccount,
  ordId: string
): Promise<Order> {
  const ask = askAt(okx, venueAccount)
  const rows = async (path: string, query: Record<string, string>) => {
    const answer = await ask(account, path, query, AbortSignal.abort())
    return answer.rows
  }
  const [orderRow] = await rows('trade/order', { instId: 'BTC-USDT-SWAP', ordId })
  const told = readOrder(orderRow!)
  const fills = await rows('trade/fills-history', { instType: told.instType, ordId })
  const bills = await rows('account/bills', {})
  const contracts = await rows('public/instruments', { instType: 'SWAP', instId: told.instId })
  const contract = readInstrument(contracts[0]!)

  const { state, createdAt, updatedAt, raw, reqId, liquidation, amendResult, ...said } = told
  const order = await storeOrder(account, {
    ...said,
    venueState: state,
    venueCreatedAt: createdAt,
    venueUpdatedAt: updatedAt,
    updatedAt,
  })
  await storeFills(account, fills, contract.ctVal!)
  await storeBills(account, bills)
  await db.table('okx_instruments').insert({
    environment: 'live',
    inst_id: told.instId,
    inst_type: told.instType,
    updated_at: 1,
    ct_type: contract.ctType,
    ct_val: contract.ctVal,
    ct_mult: contract.ctMult,
    ct_val_ccy: contract.ctValCcy,
  })
  return order
}

async function storeFills(account: OkxAccount, rows: readonly OkxRow[], ctVal: string) {
  for (const row of rows) {
    const fill = readFill(row)
    await db.table('executions').insert({
      account_id: account.id,
      owner_id: account.ownerId,
      account_uid: account.uid,
      environment: 'live',
      origin: 'push',
      event_time: fill.fillTime,
      received_at: 1,
      execution_key: `${fill.instId} ${fill.tradeId}`,
      ord_id: fill.ordId,
      trade_id: fill.tradeId,
      bill_id: fill.billId,
      inst_type: fill.instType,
      inst_id: fill.instId,
      side: fill.side,
      pos_side: fill.posSide,
      ct_val: ctVal,
      fill_sz: fill.fillSz,
      fill_px: fill.fillPx,
      fee: fill.fee,
      fee_ccy: fill.feeCcy,
      fill_pnl: fill.fillPnl,
      exec_type: fill.execType,
      raw: '{}',
      created_at: 1,
    })
  }
}

async function storeBills(account: OkxAccount, rows: readonly OkxRow[]) {
  for (const row of rows) {
    const bill = readBill(row)
    await db.table('okx_bills').insert({
      account_id: account.id,
      owner_id: account.ownerId,
      bill_id: bill.billId,
      ccy: bill.ccy,
      bal: bill.bal,
      bal_chg: bill.balChg,
      type: bill.type,
      sub_type: bill.subType,
      ord_id: bill.ordId,
      trade_id: bill.tradeId,
      ts: bill.ts,
      origin: 'recovery',
      raw: '{}',
      created_at: 1,
    })
  }
}
