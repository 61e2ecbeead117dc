import { test } from '@japa/runner'
import { disableEndpoint } from '#delivery/endpoints/disable_endpoint'
import { enableEndpoint } from '#delivery/endpoints/enable_endpoint'
import { countReplay } from '#delivery/replays/count_replay'
import { startReplay } from '#delivery/replays/start_replay'
import { systemClock } from '#foundation/clock'
import { emptyDatabase } from '#tests/support/database'
import { allJobsDone, jobs, startSender, storeEndpoint } from '#tests/support/delivery'
import { storeLaunch, storePool, storeTrade } from '#tests/support/facts'
import { startReceiver } from '#tests/support/receiver'
import { everything, replayed } from '#tests/support/replays'

test.group('Replaying', (group) => {
  group.each.setup(() => emptyDatabase())

  test('what was given up goes again under its id, once, and with a schedule before it', async ({
    assert,
  }) => {
    let isDown = true
    const receiver = await startReceiver((_, response) => {
      response.writeHead(isDown ? 500 : 204).end()
    })
    const endpoint = await storeEndpoint(receiver.url, { retrySchedule: [1, 1] })
    await storeLaunch()
    await storeTrade()
    startSender()
    await allJobsDone()
    assert.lengthOf(await jobs({ status: 'failed' }), 2)
    const before = receiver.ids

    const wish = { ...everything(endpoint), kind: 'failed' as const }
    assert.deepEqual(await countReplay(wish, systemClock), { added: 0, revived: 2 })
    assert.lengthOf(await jobs({ status: 'failed' }), 2)

    isDown = false
    assert.deepEqual(await replayed(endpoint, { kind: 'failed' }), { added: 0, revived: 2 })
    await allJobsDone()
    assert.lengthOf(await jobs({ status: 'sent' }), 2)
    assert.deepEqual(receiver.ids, before)
    assert.deepEqual(await replayed(endpoint, { kind: 'failed' }), { added: 0, revived: 0 })
  })

  test('what was set aside while the endpoint was disabled goes again', async ({ assert }) => {
    const receiver = await startReceiver((_, response, count) => {
      response.writeHead(count === 1 ? 500 : 204).end()
    })
    const endpoint = await storeEndpoint(receiver.url, { retrySchedule: [3_600_000] })
    await storeLaunch()
    startSender()
    await receiver.received(1)
    await disableEndpoint(endpoint.id, 'pause', systemClock)
    await allJobsDone()
    await assert.rejects(
      () => startReplay(everything(endpoint), systemClock),
      /is disabled\. Enable it first/
    )

    await enableEndpoint(endpoint.id, systemClock)
    assert.deepEqual(await replayed(endpoint, { kind: 'failed' }), { added: 0, revived: 1 })
    await receiver.received(2)
    assert.equal(receiver.ids.size, 1)
  })

  test('history reaches an endpoint that came later, with what it wants only, and once', async ({
    assert,
  }) => {
    const receiver = await startReceiver()
    const old = await startReceiver()
    await storeEndpoint(old.url)
    await storeLaunch()
    await storeLaunch({ removed_at: 1 })
    await storeTrade()
    await storeLaunch()
    startSender()
    await allJobsDone()
    const columns = { eventTypes: ['launch.*'], createdAt: Date.now() }
    const endpoint = await storeEndpoint(receiver.url, columns)

    const counted = await countReplay(everything(endpoint), systemClock)
    assert.deepEqual(counted, { added: 2, revived: 0 })
    assert.deepEqual(await replayed(endpoint, { eventLimit: 1 }), { added: 1, revived: 0 })
    assert.deepEqual(await replayed(endpoint), { added: 1, revived: 0 })
    await receiver.received(2)
    await allJobsDone()

    assert.isTrue(receiver.ids.isSubsetOf(old.ids), 'the ids are those that others got')
    assert.deepEqual(await replayed(endpoint), { added: 0, revived: 0 })
    assert.lengthOf(receiver.deliveries, 2)
  })

  test('history goes in the order in which it was stored, whatever kinds there are', async ({
    assert,
  }) => {
    const receiver = await startReceiver()
    const endpoint = await storeEndpoint(receiver.url, { createdAt: Date.now(), concurrency: 1 })
    await storeTrade({ created_at: 1_780_000_000_001 })
    await storeLaunch({ created_at: 1_780_000_000_002 })
    await storeTrade({ created_at: 1_780_000_000_003 })
    await storePool({ created_at: 1_780_000_000_004 })
    await storeLaunch({ created_at: 1_780_000_000_005 })

    startSender()
    assert.deepEqual(await replayed(endpoint), { added: 5, revived: 0 })
    await receiver.received(5)

    const types = receiver.deliveries.map(({ event }) => event.event_type.split('.')[0])
    assert.deepEqual(types, ['trade', 'launch', 'trade', 'pool', 'launch'])
  })

  test('what was accepted goes once more only when asked for', async ({ assert }) => {
    const receiver = await startReceiver()
    const endpoint = await storeEndpoint(receiver.url)
    await storeLaunch()
    startSender()
    await allJobsDone()

    assert.deepEqual(await replayed(endpoint), { added: 0, revived: 0 })
    assert.deepEqual(await replayed(endpoint, { again: true }), { added: 0, revived: 1 })
    await receiver.received(2)
    assert.equal(receiver.ids.size, 1)
  })

  test('what had expired is sent all the same by history, and nothing from outside its time', async ({
    assert,
  }) => {
    const receiver = await startReceiver()
    const endpoint = await storeEndpoint(receiver.url, { expiryMs: 1000 })
    for (const storedAt of [1000, 3000, 5000]) {
      await storeLaunch({ created_at: storedAt })
    }
    startSender()
    await allJobsDone()
    assert.lengthOf(await jobs({ status: 'expired' }), 3)

    assert.deepEqual(await replayed(endpoint, { kind: 'failed' }), { added: 0, revived: 0 })
    const span = { since: 2000, until: 5000 }
    assert.deepEqual(await replayed(endpoint, span), { added: 0, revived: 1 })
    await receiver.received(1)
    await allJobsDone()
    assert.lengthOf(await jobs({ status: 'expired' }), 2)
  })

  test('only event types that are asked for go, and an unknown one is refused', async ({
    assert,
  }) => {
    const receiver = await startReceiver()
    const endpoint = await storeEndpoint(receiver.url, { createdAt: Date.now() })
    await storeLaunch()
    await storeTrade()
    startSender()

    const eventTypes = ['launch.*']
    assert.deepEqual(await replayed(endpoint, { eventTypes }), { added: 1, revived: 0 })
    await receiver.received(1)
    assert.equal(receiver.deliveries[0]!.event.event_type, 'launch.created')
    await assert.rejects(
      () => startReplay({ ...everything(endpoint), eventTypes: ['lunch.*'] }, systemClock),
      /Did you mean "launch/
    )
  })
})
