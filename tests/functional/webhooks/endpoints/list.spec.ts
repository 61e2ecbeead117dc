import { test } from '@japa/runner'
import { systemClock } from '#foundation/clock'
import { disablingWords } from '#delivery/reason_words'
import { because } from '#models/reasons'
import { listEndpoints } from '#webhooks/endpoints/list_endpoints'
import { emptyDatabase } from '#tests/support/database'
import { startSender, storeEndpoint, until } from '#tests/support/delivery'
import { storeLaunch } from '#tests/support/facts'
import { RECEIVER_SECRET, startReceiver } from '#tests/support/receiver'

async function pending(): Promise<number> {
  const [endpoint] = await listEndpoints()
  return endpoint!.pending
}

test.group('Listing endpoints', (group) => {
  group.each.setup(() => emptyDatabase())

  test('each has its state, what waits for it and its last success, and never its secret', async ({
    assert,
  }) => {
    const good = await startReceiver()
    const bad = await startReceiver((_, response) => response.writeHead(500).end())
    const first = await storeEndpoint(good.url, { eventTypes: ['launch.*'], description: 'ours' })
    const second = await storeEndpoint(bad.url, { retrySchedule: [3_600_000] })
    const third = await storeEndpoint(good.url, {
      state: 'disabled',
      ...because('by_operator', 'too slow'),
    })
    await storeLaunch()
    const before = systemClock.now()

    startSender()
    await until(async () => {
      const [one, two] = await listEndpoints()
      return one!.last_success_at !== null && two!.pending === 1 && bad.deliveries.length > 0
    })

    const endpoints = await listEndpoints()
    assert.deepEqual(
      endpoints.map(({ id, state, disabling }) => [id, state, disablingWords(disabling)]),
      [
        [first.id, 'active', null],
        [second.id, 'active', null],
        [third.id, 'disabled', 'too slow'],
      ]
    )
    assert.containsSubset(endpoints[0], {
      description: 'ours',
      event_types: ['launch.*'],
      pending: 0,
      origin: 'table',
    })
    assert.isAtLeast(endpoints[0]!.last_success_at!, before)
    assert.isNull(endpoints[1]!.last_success_at)
    assert.notInclude(JSON.stringify(endpoints), 'secret')
    assert.notInclude(JSON.stringify(endpoints), RECEIVER_SECRET)
  })

  test('what is pending is counted, whether it was tried before or not', async ({ assert }) => {
    const bad = await startReceiver((_, response) => response.writeHead(500).end())
    await storeEndpoint(bad.url, { retrySchedule: [3_600_000] })
    await storeLaunch()
    const { stop } = startSender()
    await bad.received(1)
    await until(async () => (await pending()) === 1)
    await storeLaunch()
    await bad.received(2)
    await until(async () => (await pending()) === 2)
    await stop()

    assert.equal(await pending(), 2)
  })

  test('without endpoints the list is empty', async ({ assert }) => {
    assert.deepEqual(await listEndpoints(), [])
  })
})
