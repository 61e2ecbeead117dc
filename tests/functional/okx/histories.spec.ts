import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { auditAccount } from '#collectors/okx/audit/audit_account'
import { Ingest } from '#collectors/okx/ingest/ingest'
import { Instruments } from '#collectors/okx/ingest/instruments'
import type { Recovering } from '#collectors/okx/recovery/recovering'
import { textOf } from '#demo/okx/ledger/decimal'
import { isByQuote } from '#demo/okx/ledger/order'
import { billRow } from '#demo/okx/rows/account_rows'
import { Random } from '#demo/market/random'
import { emptyDatabase } from '#tests/support/database'
import { followed } from '#tests/support/okx'
import { OkxHistories, type Followed } from '#tests/support/okx_histories'

/** Set OKX_HISTORIES for more, and OKX_HISTORIES_FROM for others, or for those that a failure names. */
const HISTORIES = Number(process.env.OKX_HISTORIES ?? 6)
const FIRST = Number(process.env.OKX_HISTORIES_FROM ?? 1)

/** Accounts that one process follows at once, each with a history of its own. */
const AT_ONCE = 6

const TURNS = 40

/** What the venue's ledger has of an account, in the words of our tables. */
function ledgerOf({ at: { ledger, hiddenBills } }: Followed) {
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

async function storedOf({ account: { id } }: Followed) {
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

/** Forgets some of what is stored, as a fault of ours would; the first and the last of a sum have no neighbour. */
async function forget({ account: { id } }: Followed, random: Random) {
  await db.from('okx_audits').where('account_id', id).delete()
  const bills = await db
    .from('okx_bills')
    .where('account_id', id)
    .orderByRaw('length(bill_id), bill_id')
  const within = bills.filter(
    ({ ccy }, at) =>
      bills.findIndex((bill) => bill.ccy === ccy) < at &&
      bills.findLastIndex((bill) => bill.ccy === ccy) > at
  )
  const forgotten = random.shuffle(within).slice(0, 3)
  await db
    .from('okx_bills')
    .whereIn(
      'id',
      forgotten.map((bill) => bill.id)
    )
    .delete()
  const executions = await db.from('executions').where('account_id', id).select('id')
  const [execution] = random.shuffle(executions)
  if (execution) await db.from('executions').where('id', execution.id).delete()
}

/** Stretches of the venue's bills that no list shows, with one on either side that a list does. */
function hiddenStretches({ at: { ledger, hiddenBills } }: Followed): number {
  const currencies = Map.groupBy(ledger.bills, ({ ccy }) => ccy)
  return [...currencies.values()]
    .map((bills) => bills.map(({ billId }) => (hiddenBills.has(billId) ? '-' : '+')).join(''))
    .reduce((sum, shown) => sum + (shown.match(/(?<=\+)-+(?=\+)/g)?.length ?? 0), 0)
}

/** Audits an account: how many holes there are in the sums of its bills. */
async function audit({ venues, clock }: OkxHistories, { account }: Followed) {
  const recovering: Recovering = {
    account: followed(account),
    rest: venues.restOf(account),
    ingest: new Ingest({ instruments: new Instruments(), clock, onFault: rethrow }),
    ...{ signal: new AbortController().signal, isStart: false, origin: 'audit' },
  }
  const audits = await auditAccount(recovering, account)
  return audits.reduce((sum, { holes }) => sum + holes, 0)
}

function rethrow(error: Error) {
  throw error
}

test.group('Histories of accounts at OKX', (group) => {
  group.each.setup(() => emptyDatabase())

  test(`after ${HISTORIES} histories drawn at random what is stored is the venue's ledger, and what is missing is known`, async ({
    assert,
    cleanup,
  }) => {
    for (let seed = FIRST; seed < FIRST + HISTORIES / AT_ONCE; seed++) {
      await emptyDatabase()
      const random = new Random(seed)
      const histories = await OkxHistories.begin(AT_ONCE, random, cleanup)
      const [holed, robbed] = histories.followed as [Followed, Followed]
      for (let turn = 0; turn < TURNS; turn++) {
        await histories.turn()
        if (random.chance(0.1)) histories.hide(holed)
      }
      await histories.settle()
      await histories.end()
      const isLedger = async (one: Followed) => {
        const [stored, ledger] = [await storedOf(one), ledgerOf(one)]
        for (const list of Object.keys(ledger) as (keyof typeof ledger)[]) {
          const message = `${list} of account ${one.account.id}, OKX_HISTORIES_FROM=${seed}`
          assert.sameDeepMembers(stored[list] as unknown[], ledger[list], message)
        }
      }

      for (const one of histories.followed) await isLedger(one)
      await forget(robbed, random)
      // The audit leaves out what has only just happened.
      histories.clock.pass(60_000)
      for (const one of histories.followed) {
        const holes = one === holed ? hiddenStretches(holed) : 0
        assert.equal(await audit(histories, one), holes, `holes, OKX_HISTORIES_FROM=${seed}`)
      }
      await isLedger(robbed)
    }
  })
    .tags(['@sqlite'])
    .timeout(HISTORIES * 60_000)
})
