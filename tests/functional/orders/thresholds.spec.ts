import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import ordersConfig from '#config/orders'
import { writeTransaction } from '#foundation/db/transaction'
import PushAlert from '#models/push_alert'
import { countEvents, type EventCounts } from '#orders/counts'
import { readMetrics } from '#orders/metrics'
import { checkThresholds } from '#orders/thresholds'
import { emptyDatabase } from '#tests/support/database'
import { storeOkxAccount, storeOrder } from '#tests/support/orders'
import { SettableClock } from '#tests/support/settable_clock'

const HOUR = 3_600_000

const count = (counts: Partial<EventCounts>, clock: SettableClock) =>
  writeTransaction((trx) => countEvents(trx, counts, clock.now()))

const check = (clock: SettableClock) => checkThresholds(ordersConfig.thresholds, clock)

async function alerts() {
  const rows = await PushAlert.query().orderBy('id')
  return rows.map(({ kind, acknowledgedAt }) => [kind, acknowledgedAt !== null])
}

test.group('Metrics and thresholds of orders', (group) => {
  group.each.setup(() => emptyDatabase())

  test('totals count since the beginning, rates look at the last hour', async ({ assert }) => {
    const clock = new SettableClock()
    await count({ received: 10, processed: 10, timed: 10, tookMs: 1000 }, clock)
    clock.pass(2 * HOUR)
    await count({ received: 4, failed: 1, processed: 3, timed: 2, tookMs: 5000 }, clock)
    await storeOrder(await storeOkxAccount(), { status: 'pending' })

    assert.deepEqual(await readMetrics(clock), {
      events_received_total: 14,
      events_processed_total: 13,
      events_failed_total: 1,
      orders_pending_count: 1,
      verification_jobs_active: 0,
      average_processing_time: 2.5,
      error_rate: 25,
    })
  })

  test('a threshold opens one alert, and closes it when it is not exceeded any more', async ({
    assert,
  }) => {
    const clock = new SettableClock()
    await count({ received: 100, failed: 5 }, clock)
    await check(clock)
    assert.isEmpty(await alerts(), '5 % is not more than 5 %')

    await count({ received: 1, failed: 1 }, clock)
    await check(clock)
    await check(clock)
    assert.deepEqual(await alerts(), [['orders.error_rate', false]])
    clock.pass(2 * HOUR)
    await check(clock)
    await check(clock)
    assert.deepEqual(await alerts(), [
      ['orders.error_rate', true],
      ['orders.recovered', true],
    ])
  })

  test('slow processing, many pending orders and many timeouts open alerts of their own', async ({
    assert,
  }) => {
    const clock = new SettableClock()
    const account = await storeOkxAccount()
    for (let order = 0; order < 101; order++) await storeOrder(account, { ordId: String(order) })
    await count({ received: 11, timedOut: 11, processed: 1, timed: 1, tookMs: 30_001 }, clock)
    await check(clock)

    const opened = await alerts()
    assert.sameMembers(
      opened.map(([kind]) => kind),
      ['orders.processing_time', 'orders.pending', 'orders.verification_timeouts']
    )
  })

  test('a maintenance that was announced mutes them', async ({ assert }) => {
    const clock = new SettableClock()
    const account = await storeOkxAccount({ connection: 'waiting', reason: 'maintenance' })
    await count({ timedOut: 11 }, clock)
    await check(clock)
    assert.isEmpty(await alerts())

    await db.from('okx_accounts').where('id', account.id).update({ reason: null })
    await check(clock)
    assert.deepEqual(await alerts(), [['orders.verification_timeouts', false]])
  })
})
