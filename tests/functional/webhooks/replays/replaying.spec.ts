import { test } from '@japa/runner'
import { disableEndpoint, enableEndpoint } from '#webhooks/endpoints/endpoint_state'
import { because } from '#models/reasons'
import { countReplay } from '#webhooks/replays/count_replay'
import { startReplay } from '#webhooks/replays/start_replay'
import { systemClock } from '#foundation/clock'
import { emptyDatabase } from '#tests/support/database'
import { allJobsDone, jobs, startSender, storeEndpoint } from '#tests/support/delivery'
import { storeLaunch, storeTrade } from '#tests/support/facts'
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
    await disableEndpoint(endpoint.id, because('by_operator', 'pause'), systemClock)
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
})
