import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { deliveryStats } from '#webhooks/endpoints/delivery_stats'
import { emptyDatabase } from '#tests/support/database'
import { allJobsDone, attempts, startSender, storeEndpoint } from '#tests/support/delivery'
import { storeLaunch } from '#tests/support/facts'
import { startReceiver } from '#tests/support/receiver'

const NOTHING = {
  total_pushed: 0,
  success_count: 0,
  failure_count: 0,
  last_push_time: null,
  average_delay_ms: null,
  p50_delay_ms: null,
  p95_delay_ms: null,
  p99_delay_ms: null,
  left_out_count: 0,
  unfit_count: 0,
}

test.group('Delivery statistics', (group) => {
  group.each.setup(() => emptyDatabase())

  test('before anything was sent they say so', async ({ assert }) => {
    const { id } = await storeEndpoint('https://example.com/')
    assert.deepEqual(await deliveryStats(), { ...NOTHING, endpoints: [{ id, ...NOTHING }] })
  })

  test('they say what the log of attempts says, together and for each endpoint', async ({
    assert,
  }) => {
    const good = await startReceiver()
    const moody = await startReceiver((_, response, count) => {
      response.writeHead(count % 2 === 1 ? 500 : 200).end()
    })
    const one = await storeEndpoint(good.url)
    // While retries and new jobs take turns, it may be the same job that fails each time.
    const retrySchedule = Array<number>(40).fill(1)
    const two = await storeEndpoint(moody.url, { concurrency: 1, retrySchedule })
    for (let index = 0; index < 20; index++) {
      await storeLaunch()
    }

    const { stop } = startSender()
    await allJobsDone()
    await stop()

    const log = await attempts()
    const accepted = log.filter(({ outcome }) => outcome === 'accepted')
    const stats = await deliveryStats()
    const average = accepted.reduce((sum, row) => sum + row.duration_ms, 0) / accepted.length
    assert.containsSubset(stats, {
      total_pushed: log.length,
      success_count: accepted.length,
      failure_count: log.length - accepted.length,
      average_delay_ms: Math.round(average),
    })
    assert.equal(accepted.length, 40)
    assert.closeTo(stats.last_push_time!, Date.now() / 1000, 30)

    assert.containsSubset(stats.endpoints[0], { id: one.id, success_count: 20, failure_count: 0 })
    const ofTwo = log.filter((row) => Number(row.target_id) === two.id)
    assert.containsSubset(stats.endpoints[1], { id: two.id, total_pushed: ofTwo.length })
    assert.isAbove(stats.endpoints[1]!.failure_count, 0)
  })

  test('percentiles are those of the accepted tries', async ({ assert }) => {
    const { id } = await storeEndpoint('https://example.com/')
    const tries = [
      ['accepted', 10, 50],
      ['accepted', 20, 45],
      ['accepted', 300, 4],
      ['accepted', 9000, 1],
      ['failed', 10_000, 900],
    ] as const
    for (const [outcome, duration, count] of tries) {
      await db.table('delivery_stats').insert({
        channel: 'webhook',
        target_id: id,
        outcome,
        duration_ms: duration,
        attempts: count,
        total_ms: duration * count,
        last_at: 1_780_000_000_999,
      })
    }

    assert.containsSubset(await deliveryStats(), {
      total_pushed: 1000,
      success_count: 100,
      failure_count: 900,
      last_push_time: 1_780_000_000,
      average_delay_ms: 116,
      p50_delay_ms: 10,
      p95_delay_ms: 20,
      p99_delay_ms: 300,
    })
  })
})
