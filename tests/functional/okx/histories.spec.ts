import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { auditAccount } from '#collectors/okx/audit/audit_account'
import { Ingest } from '#collectors/okx/ingest/ingest'
import { Instruments } from '#collectors/okx/ingest/instruments'
import type { Recovering } from '#collectors/okx/recovery/recovering'
import { Random } from '#demo/market/random'
import { emptyDatabase } from '#tests/support/database'
import { followed } from '#tests/support/okx'
import { OkxHistories, type Followed } from '#tests/support/okx_histories'
import { ledgerOf, storedOf } from '#tests/support/okx_ledger'

/** Set OKX_HISTORIES for more, and OKX_HISTORIES_FROM for others, or for those that a failure names. */
const HISTORIES = Number(process.env.OKX_HISTORIES ?? 6)
const FIRST = Number(process.env.OKX_HISTORIES_FROM ?? 1)

/** Accounts that one process follows at once, each with a history of its own. */
const AT_ONCE = 6

const TURNS = 40

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
    signal: new AbortController().signal,
    isStart: false,
    origin: 'audit',
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
