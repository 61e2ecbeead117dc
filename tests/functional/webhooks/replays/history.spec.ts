import { test } from '@japa/runner'
import { countReplay } from '#webhooks/replays/count_replay'
import { startReplay } from '#webhooks/replays/start_replay'
import { systemClock } from '#foundation/clock'
import { emptyDatabase } from '#tests/support/database'
import { allJobsDone, jobs, startSender, storeEndpoint } from '#tests/support/delivery'
import { storeLaunch, storePool, storeTrade } from '#tests/support/facts'
import { startReceiver } from '#tests/support/receiver'
import { everything, replayed } from '#tests/support/replays'

test.group('Replaying history', (group) => {
  group.each.setup(() => emptyDatabase())

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
    const columns = { eventTypes: ['launch.*'], createdAt: systemClock.now() }
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
    const endpoint = await storeEndpoint(receiver.url, {
      createdAt: systemClock.now(),
      concurrency: 1,
    })
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
    const endpoint = await storeEndpoint(receiver.url, { createdAt: systemClock.now() })
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
