import { test } from '@japa/runner'
import { storeUser } from '#tests/support/api_token'
import { emptyDatabase } from '#tests/support/database'
import { jobs, startSender, storeEndpoint } from '#tests/support/delivery'
import { storeLaunch, storeTrade } from '#tests/support/facts'
import { givePro } from '#tests/support/plans'
import { startReceiver } from '#tests/support/receiver'

const DAY = 86_400_000
const ASKED = { eventTypes: ['push.alert'] }

test.group('Alerts about endpoints', (group) => {
  group.each.setup(() => emptyDatabase())

  test('the disabling of an endpoint is told to another one that asks for it', async ({
    assert,
  }) => {
    const dead = await startReceiver((_, response) => response.writeHead(410).end())
    const watcher = await startReceiver()
    const gone = await storeEndpoint(dead.url)
    await storeEndpoint(watcher.url, ASKED)
    await storeLaunch()

    startSender({ pollMs: 20 })
    await watcher.received(1)

    const { event } = watcher.deliveries[0]!
    assert.containsSubset(event, {
      event_type: 'push.alert',
      source: 'regou',
      data: { kind: 'endpoint.disabled', endpoint_id: gone.id },
    })
    assert.match(event.data.message, /is disabled: the receiver answered 410 Gone/)
    assert.notProperty(event.data, 'owner_id')
    assert.lengthOf(await jobs({ event_type: 'push.alert' }), 1)
  })

  test('a warning comes at half of the time, once', async ({ assert }) => {
    const dead = await startReceiver((_, response) => response.writeHead(500).end())
    const watcher = await startReceiver()
    const failingSince = Date.now() - 3 * DAY
    const endpoint = await storeEndpoint(dead.url, {
      failingSince,
      retrySchedule: Array.from({ length: 200 }, () => 5),
    })
    await storeEndpoint(watcher.url, ASKED)
    await storeLaunch()

    const first = startSender({ pollMs: 20 })
    await watcher.received(1)
    const tries = dead.deliveries.length
    await first.stop()
    startSender({ pollMs: 20 })
    await dead.received(tries + 20)

    assert.lengthOf(watcher.deliveries, 1)
    assert.containsSubset(watcher.deliveries[0]!.event.data, {
      kind: 'endpoint.failing',
      endpoint_id: endpoint.id,
      since: failingSince,
    })
  })

  test('an alert stays between the owner of the endpoint and the operator', async ({ assert }) => {
    const [owner, other] = [await storeUser('0x01'), await storeUser('0x02')]
    await givePro(owner.id)
    const dead = await startReceiver((_, response) => response.writeHead(410).end())
    await storeEndpoint(dead.url, { ownerId: owner.id })

    const owners = await startReceiver()
    const operators = await startReceiver()
    await storeEndpoint(owners.url, { ...ASKED, ownerId: owner.id })
    await storeEndpoint('https://example.com/hooks', { ...ASKED, ownerId: other.id })
    await storeEndpoint(operators.url, ASKED)
    await storeTrade()

    startSender({ pollMs: 20 })
    await Promise.all([owners.received(1), operators.received(1)])

    assert.lengthOf(await jobs({ event_type: 'push.alert' }), 2)
  })
})
