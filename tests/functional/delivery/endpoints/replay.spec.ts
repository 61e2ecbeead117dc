import { test } from '@japa/runner'
import { disableEndpoint } from '#delivery/endpoints/disable_endpoint'
import { enableEndpoint } from '#delivery/endpoints/enable_endpoint'
import { replayFailed } from '#delivery/endpoints/replay_failed'
import { replayHistory } from '#delivery/endpoints/replay_history'
import { systemClock } from '#foundation/clock'
import { emptyDatabase } from '#tests/support/database'
import { allJobsDone, jobs, startSender, storeEndpoint } from '#tests/support/delivery'
import { storeLaunch, storeTrade } from '#tests/support/facts'
import { startReceiver } from '#tests/support/receiver'

const ALL = { since: 0, limit: Infinity, isDryRun: false, again: false }

const failed = (endpointId: number, overrides = {}) =>
  replayFailed({ ...ALL, endpointId, ...overrides }, systemClock)
const history = (endpointId: number, overrides = {}) =>
  replayHistory({ ...ALL, endpointId, ...overrides }, systemClock)

const counts = ({ added, revived }: { added: number; revived: number }) => ({ added, revived })

test.group('Replaying', (group) => {
  group.each.setup(() => emptyDatabase())

  test('what was given up goes again under its id, once, and with a schedule before it', async ({
    assert,
  }) => {
    let isDown = true
    const receiver = await startReceiver((_, response) => {
      response.writeHead(isDown ? 500 : 204).end()
    })
    const { id } = await storeEndpoint(receiver.url, { retrySchedule: [1, 1] })
    await storeLaunch()
    await storeTrade()
    startSender()
    await allJobsDone()
    assert.lengthOf(await jobs({ status: 'failed' }), 2)
    const before = receiver.ids

    assert.deepEqual(counts(await failed(id, { isDryRun: true })), { added: 0, revived: 2 })
    assert.lengthOf(await jobs({ status: 'failed' }), 2)

    isDown = false
    assert.deepEqual(counts(await failed(id)), { added: 0, revived: 2 })
    await allJobsDone()
    assert.lengthOf(await jobs({ status: 'sent' }), 2)
    assert.deepEqual(receiver.ids, before)
    assert.deepEqual(counts(await failed(id)), { added: 0, revived: 0 })
  })

  test('what was set aside while the endpoint was disabled goes again', async ({ assert }) => {
    const receiver = await startReceiver((_, response, count) => {
      response.writeHead(count === 1 ? 500 : 204).end()
    })
    const { id } = await storeEndpoint(receiver.url, { retrySchedule: [3_600_000] })
    await storeLaunch()
    startSender()
    await receiver.received(1)
    await disableEndpoint(id, 'pause', systemClock)
    await allJobsDone()
    await assert.rejects(() => failed(id), /is disabled\. Enable it first/)

    await enableEndpoint(id, systemClock)
    assert.deepEqual(counts(await failed(id)), { added: 0, revived: 1 })
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
    const { id } = await storeEndpoint(receiver.url, {
      eventTypes: ['launch.*'],
      createdAt: Date.now(),
    })

    assert.deepEqual(counts(await history(id, { isDryRun: true })), { added: 2, revived: 0 })
    assert.deepEqual(counts(await history(id, { limit: 1 })), { added: 1, revived: 0 })
    assert.deepEqual(counts(await history(id)), { added: 1, revived: 0 })
    await receiver.received(2)
    await allJobsDone()

    assert.isTrue(receiver.ids.isSubsetOf(old.ids), 'the ids are those that others got')
    assert.deepEqual(counts(await history(id)), { added: 0, revived: 0 })
    assert.lengthOf(receiver.deliveries, 2)
  })

  test('what was accepted goes once more only when asked for', async ({ assert }) => {
    const receiver = await startReceiver()
    const { id } = await storeEndpoint(receiver.url)
    await storeLaunch()
    startSender()
    await allJobsDone()

    assert.deepEqual(counts(await history(id)), { added: 0, revived: 0 })
    assert.deepEqual(counts(await history(id, { again: true })), { added: 0, revived: 1 })
    await receiver.received(2)
    assert.equal(receiver.ids.size, 1)
  })

  test('what had expired is sent all the same by history, and nothing older than asked', async ({
    assert,
  }) => {
    const receiver = await startReceiver()
    const { id } = await storeEndpoint(receiver.url, { expiryMs: 1000 })
    await storeLaunch({ created_at: 1000 })
    await storeLaunch({ created_at: 3000 })
    startSender()
    await allJobsDone()
    assert.lengthOf(await jobs({ status: 'expired' }), 2)

    assert.deepEqual(counts(await failed(id)), { added: 0, revived: 0 })
    assert.deepEqual(counts(await history(id, { since: 2000 })), { added: 0, revived: 1 })
    await receiver.received(1)
    await allJobsDone()
    assert.lengthOf(await jobs({ status: 'expired' }), 1)
  })

  test('more than one batch goes in full', async ({ assert }) => {
    const { id } = await storeEndpoint('https://example.com/')
    for (let index = 0; index < 1100; index++) {
      await storeTrade()
    }
    assert.deepEqual(counts(await history(id, { limit: 1050 })), { added: 1050, revived: 0 })
    assert.deepEqual(counts(await history(id)), { added: 50, revived: 0 })
    assert.lengthOf(await jobs({ status: 'pending' }), 1100)
  })
})
