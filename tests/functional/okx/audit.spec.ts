import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import OkxAudit from '#models/okx_audit'
import { auditAccount } from '#collectors/okx/audit/audit_account'
import { Ingest } from '#collectors/okx/ingest/ingest'
import { Instruments } from '#collectors/okx/ingest/instruments'
import { OkxVenues } from '#collectors/okx/okx_venues'
import { recover } from '#collectors/okx/recovery/recover'
import type { Recovering } from '#collectors/okx/recovery/recovering'
import { LocalOkx } from '#demo/okx/local_okx'
import type OkxAccount from '#models/okx_account'
import { emptyDatabase } from '#tests/support/database'
import { followed, rowsOf, storeOkxAccount } from '#tests/support/okx'
import { SettableClock } from '#tests/support/settable_clock'

const HOUR_MS = 3_600_000

/** An account that has traded for some hours, read once in between. */
async function tradedAccount(changes: Partial<OkxAccount> = {}) {
  const clock = new SettableClock()
  const okx = new LocalOkx({ clock })
  okx.venue.knobs.countsRequests = false
  const at = okx.venue.addAccount()
  at.transfer('USDT', '100000')
  const { apiKey, secret, passphrase } = at.key
  const keys = { apiKey, secretKey: secret, passphrase }
  const account = await storeOkxAccount({ ...keys, uid: at.ledger.uid, ...changes })
  const rest = new OkxVenues(clock, {}, okx.fetch).restOf(account)
  const ingest = new Ingest({ instruments: new Instruments(), clock, onFault: rethrow })
  const { signal } = new AbortController()
  const recovering: Recovering = {
    account: followed(account),
    rest,
    ingest,
    signal,
    isStart: false,
    origin: 'recovery',
  }
  await recover(recovering)
  const trade = (times: number) => {
    for (let n = 0; n < times; n++) {
      clock.pass(60_000)
      at.place({ instId: 'BTC-USDT-SWAP', tdMode: 'cross', side: n % 2 ? 'sell' : 'buy', sz: '1' })
      if (n % 5 === 0) at.place({ instId: 'OKB-USDT', side: 'buy', sz: '54' })
      if (n % 7 === 0) at.transfer('USDT', '-3.5')
      if (n % 9 === 0) at.fund('BTC-USDT-SWAP', '0.0001')
    }
    clock.pass(120_000)
  }
  return { at, account, clock, recovering, trade, audit: () => auditAccount(recovering, account) }
}

function rethrow(error: Error) {
  throw error
}

const verdicts = (audits: OkxAudit[]) => audits.map(({ ccy, verdict }) => [ccy, verdict])

test.group('The audit of bills', (group) => {
  group.each.setup(() => emptyDatabase())

  test('trades, fees, funding, transfers and both bills of a spot trade form sums', async ({
    assert,
  }) => {
    const { at, recovering, trade, audit } = await tradedAccount()
    trade(30)
    await recover(recovering)

    const audits = await audit()

    assert.deepEqual(verdicts(audits), [
      ['OKB', 'complete'],
      ['USDT', 'complete'],
    ])
    assert.equal(audits[1]!.completeBill, at.ledger.bills.at(-1)!.billId)
  })

  test('what was lost of bills and executions is found and read again', async ({ assert }) => {
    const { recovering, trade, audit } = await tradedAccount()
    trade(40)
    await recover(recovering)
    const bills = await rowsOf('okx_bills', 'bill_id')
    const executions = await rowsOf('executions', 'execution_key')
    await db
      .from('okx_bills')
      .whereIn('bill_id', [bills[9]![0], bills[10]![0], bills[30]![0]])
      .delete()
    await db.from('executions').whereIn('execution_key', [executions[5]![0]]).delete()

    const audits = await audit()

    assert.include(verdicts(audits).map(String), 'USDT,repaired')
    assert.sameDeepMembers(await rowsOf('okx_bills', 'bill_id'), bills)
    assert.sameDeepMembers(await rowsOf('executions', 'execution_key'), executions)
    assert.deepEqual(await rowsOf('executions', 'origin').then((rows) => rows.at(-1)), ['audit'])
    assert.deepEqual(
      verdicts(await audit()).map(([, verdict]) => verdict),
      ['complete', 'complete']
    )
  })

  test('a bill that OKX does not give is a hole, of which the owner is told once', async ({
    assert,
  }) => {
    const { at, clock, recovering, trade, audit } = await tradedAccount()
    trade(3)
    at.transfer('USDT', '12.25')
    const hidden = at.ledger.bills.at(-1)!
    at.hiddenBills.add(hidden.billId)
    trade(3)
    await recover(recovering)

    const audits = await audit()
    clock.pass(HOUR_MS)
    await audit()

    const found = audits.find(({ ccy }) => ccy === 'USDT')!
    assert.equal(found.verdict, 'holes')
    assert.equal(found.holes, 1)
    assert.match(found.detail!, /^12\.25 between bill \d+ and \d+, /)
    assert.isBelow(found.completeTime!, hidden.ts + 1)
    const alerts = await db.from('push_alerts').select('kind', 'owner_id')
    assert.deepEqual(alerts, [{ kind: 'okx.account_incomplete', owner_id: null }])
  })

  test('in multi-currency margin a hole is reported, and nothing is raised', async ({ assert }) => {
    const { at, recovering, trade, audit } = await tradedAccount({ accountLevel: '3' })
    trade(2)
    at.transfer('USDT', '1')
    at.hiddenBills.add(at.ledger.bills.at(-1)!.billId)
    trade(2)
    await recover(recovering)

    await audit()

    const [found] = await OkxAudit.query().where('ccy', 'USDT')
    assert.deepEqual([found!.mode, found!.verdict], ['report', 'holes'])
    assert.lengthOf(await rowsOf('push_alerts', 'id'), 0)
  })
})
