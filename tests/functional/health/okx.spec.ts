import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type OkxAccount from '#models/okx_account'
import { readPushHealth } from '#health/report'
import { emptyDatabase } from '#tests/support/database'
import { storeOkxAccount } from '#tests/support/okx'
import { HEALTH_SETTINGS } from '#tests/support/push_health'
import { SettableClock } from '#tests/support/settable_clock'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

test.group('What a check finds of OKX, orders and verifications', (group) => {
  group.each.setup(() => emptyDatabase())

  const clock = new SettableClock()
  const at = (before: number) => clock.now() - before
  const check = () => readPushHealth(HOUR, clock.now(), HEALTH_SETTINGS)

  async function findings() {
    const report = await check()
    return report.findings.map(({ level, message }) => `${level}: ${message}`)
  }

  /** An account of which all is known up to some minutes ago, and that was audited now. */
  async function storeFollowed(minutes: number, changes: Partial<OkxAccount> = {}, audit = {}) {
    const account = await storeOkxAccount({ connection: 'live', ...changes })
    await db.table('event_cursors').insert({
      cursor_key: `okx:${account.id}:orders`,
      account_id: account.id,
      event_type: 'orders',
      processed: true,
      created_at: 0,
      updated_at: at(minutes * MINUTE),
    })
    await db.table('okx_audits').insert({
      account_id: account.id,
      ccy: 'USDT',
      mode: 'strict',
      verdict: 'complete',
      complete_bill: '7',
      complete_time: at(MINUTE),
      bills: 7,
      executions: 3,
      holes: 0,
      repaired: 0,
      created_at: clock.now(),
      ...audit,
    })
    return account
  }

  test('an account that is not followed any more, and not one that is, is refused or is paused', async ({
    assert,
  }) => {
    await storeFollowed(0)
    await storeFollowed(12)
    await storeFollowed(60, { connection: 'waiting', reason: 'maintenance' })
    await storeFollowed(60, { connection: 'refused', reason: 'key_unknown' })
    await storeFollowed(60, { status: 'removed' })

    assert.deepEqual(await findings(), [
      'critical: 1 accounts at OKX are not followed, the first for 12 min: is scan:okx at work?',
      'degraded: OKX refuses the keys of 1 accounts: node ace okx:account list',
    ])
    const { collectors } = await check()
    assert.deepInclude(collectors.okx, { active: 4, live: 2, refused: 1, in_maintenance: 1 })
  })

  test('holes that OKX does not fill, audits that are not taken, and how far all is there', async ({
    assert,
  }) => {
    await storeFollowed(0, {}, { verdict: 'holes', complete_bill: '5', complete_time: at(HOUR) })
    await storeFollowed(0, {}, { mode: 'report', verdict: 'holes' })
    const late = { created_at: at(3 * HOUR), complete_bill: '3', complete_time: at(4 * HOUR) }
    const last = await storeFollowed(0, {}, late)

    assert.deepEqual(await findings(), [
      'degraded: something is missing of 1 accounts at OKX that OKX does not give: node ace okx:audit',
      'degraded: 1 accounts at OKX have not been audited, the first for 3 h',
    ])
    const { collectors } = await check()
    assert.deepEqual(collectors.okx.complete, {
      account_id: Number(last.id),
      bill: '3',
      time: at(4 * HOUR),
    })
  })

  test('orders whose time is over, and verifications that are left alone', async ({ assert }) => {
    const account = await storeFollowed(0)
    const order = { account_id: account.id, inst_id: 'BTC-USDT', created_at: 0, updated_at: 0 }
    await db.table('orders').insert({
      ...order,
      id: 1,
      ord_id: '1',
      status: 'pending',
      deadline: at(2 * MINUTE),
    })
    await db.table('orders').insert({ ...order, id: 2, ord_id: '2', status: 'filled' })
    await db.table('verification_jobs').insert({
      job_uid: 'a',
      order_id: 2,
      priority: 'high',
      state: 'pending',
      requested_by: 'verifier',
      due_at: at(11 * MINUTE),
      created_at: 0,
    })

    assert.deepEqual(await findings(), [
      'critical: 1 verifications wait for their turn, the first for 11 min: is verify:orders at work?',
      'degraded: 1 orders are past their time, the first for 2 min: is monitor:orders at work?',
    ])
  })
})
