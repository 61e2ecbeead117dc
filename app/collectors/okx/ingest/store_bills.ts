import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { insertRows, type WrittenTable } from '#foundation/db/insert_rows'
import type { Heard } from '#collectors/okx/ingest/heard'
import type { OkxBill } from '#sources/okx/bill'

const BILLS: WrittenTable = {
  name: 'okx_bills',
  columns: {
    account_id: 'bigint',
    owner_id: 'bigint',
    bill_id: 'text',
    ccy: 'text',
    bal: 'text',
    bal_chg: 'text',
    pos_bal: 'text',
    pos_bal_chg: 'text',
    pnl: 'text',
    fee: 'text',
    interest: 'text',
    type: 'text',
    sub_type: 'text',
    liquidation: 'text',
    inst_type: 'text',
    inst_id: 'text',
    mgn_mode: 'text',
    ord_id: 'text',
    trade_id: 'text',
    sz: 'text',
    px: 'text',
    exec_type: 'text',
    fill_time: 'bigint',
    ts: 'bigint',
    origin: 'text',
    raw: 'text',
    created_at: 'bigint',
  },
}

/** Stores bills, each once. @param now epoch milliseconds */
export async function storeBills(
  trx: TransactionClientContract,
  heard: readonly Heard[],
  now: number
) {
  const rows = heard.flatMap((one) => one.bills.map((bill) => rowOf(one, bill, now)))
  await insertRows(trx, BILLS, rows)
}

function rowOf({ account, origin }: Heard, bill: OkxBill, now: number) {
  return {
    account_id: account.id,
    owner_id: account.ownerId,
    bill_id: bill.billId,
    ccy: bill.ccy,
    bal: bill.bal,
    bal_chg: bill.balChg,
    pos_bal: bill.posBal,
    pos_bal_chg: bill.posBalChg,
    pnl: bill.pnl,
    fee: bill.fee,
    interest: bill.interest,
    type: bill.type,
    sub_type: bill.subType,
    liquidation: bill.liquidation,
    inst_type: bill.instType,
    inst_id: bill.instId,
    mgn_mode: bill.mgnMode,
    ord_id: bill.ordId,
    trade_id: bill.tradeId,
    sz: bill.sz,
    px: bill.px,
    exec_type: bill.execType,
    fill_time: bill.fillTime,
    ts: bill.ts,
    origin,
    raw: JSON.stringify(bill.raw),
    created_at: now,
  }
}
