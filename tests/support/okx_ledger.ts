import db from '@adonisjs/lucid/services/db'
import { textOf } from '#demo/okx/ledger/decimal'
import { isByQuote } from '#demo/okx/ledger/order'
import { billRow } from '#demo/okx/rows/account_rows'
import type { VenueAccount } from '#demo/okx/venue_account'

/** What the venue's ledger has of an account, in the words of our tables. */
export function ledgerOf({ at: { ledger, hiddenBills } }: { at: VenueAccount }) {
  return {
    orders: [...ledger.orders.values()].map((order) => [
      order.ordId,
      order.state,
      // Of orders by quote the venue rounds it, in what it pushes.
      isByQuote(order) ? null : textOf(order.accFillSz),
    ]),
    algoOrders: [...ledger.algoOrders.values()].map(({ algoId, state, ordId }) =>
      [algoId, state, ordId].join(' ')
    ),
    executions: ledger.fills.map(({ ordId, tradeId, sz, px, fee, feeCcy }) =>
      [
        ordId,
        Number(tradeId) > 0 ? tradeId : 'forced',
        textOf(sz),
        textOf(px),
        textOf(fee),
        feeCcy,
      ].join(' ')
    ),
    bills: ledger.bills
      .filter(({ billId }) => !hiddenBills.has(billId))
      .map((bill) => [bill.billId, bill.ccy, billRow(bill).bal].join(' ')),
    balances: [...ledger.balances].map(([ccy, bal]) => `${ccy} ${textOf(bal)}`),
    positions: ledger.openPositions.map(
      ({ instrument, size }) => `${instrument.instId} ${textOf(size)}`
    ),
  }
}

/** What is stored of it. */
export async function storedOf({ account: { id } }: { account: { id: number } }) {
  const of = (table: string) => db.from(table).where('account_id', id)
  const orders = await of('orders')
  const algoOrders = await of('algo_orders')
  const executions = await of('executions')
  const bills = await of('okx_bills').orderByRaw('length(bill_id), bill_id')
  const balances = await of('balances')
  const positions = await of('positions').where('status', 'open')
  return {
    orders: orders.map((row) => [
      row.ord_id,
      row.venue_state,
      row.tgt_ccy === 'quote_ccy' ? null : row.acc_fill_sz,
    ]),
    algoOrders: algoOrders.map((row) => [row.algo_id, row.state, row.ord_id ?? ''].join(' ')),
    executions: executions.map((row) =>
      [
        row.ord_id,
        Number(row.trade_id) > 0 ? row.trade_id : 'forced',
        row.fill_sz,
        row.fill_px,
        row.fee,
        row.fee_ccy,
      ].join(' ')
    ),
    bills: bills.map((row) => [row.bill_id, row.ccy, row.bal].join(' ')),
    balances: balances.map((row) => `${row.ccy} ${row.cash_bal}`),
    positions: positions.map((row) => `${row.inst_id} ${row.pos}`),
  }
}
