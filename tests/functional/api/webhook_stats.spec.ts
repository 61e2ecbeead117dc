import { test } from '@japa/runner'
import { authorized } from '#tests/support/api_token'
import { emptyDatabase } from '#tests/support/database'
import { allJobsDone, startSender, storeEndpoint } from '#tests/support/delivery'
import { storeLaunch } from '#tests/support/facts'
import { startReceiver } from '#tests/support/receiver'

test.group('Webhook statistics over HTTP', (group) => {
  group.each.setup(() => emptyDatabase())

  test('they have the fields that programs know, percentiles, and each endpoint', async ({
    client,
    assert,
  }) => {
    const receiver = await startReceiver((_, response, count) => {
      response.writeHead(count === 1 ? 500 : 204).end()
    })
    const { id } = await storeEndpoint(receiver.url, { retrySchedule: [1] })
    await storeLaunch()
    const { stop } = startSender()
    await allJobsDone()
    await stop()

    const response = await client.get('/api/v1/webhook/stats').headers(await authorized())
    response.assertStatus(200)
    const { success, data } = response.body()
    assert.isTrue(success)
    assert.containsSubset(data, { total_pushed: 2, success_count: 1, failure_count: 1 })
    assert.closeTo(data.last_push_time, Date.now() / 1000, 30)
    for (const figure of ['average_delay_ms', 'p50_delay_ms', 'p95_delay_ms', 'p99_delay_ms']) {
      assert.isNumber(data[figure])
    }
    assert.containsSubset(data.endpoints, [{ id, total_pushed: 2 }])
  })
})
