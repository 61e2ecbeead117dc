import { test } from '@japa/runner'
import { emptyDatabase } from '#tests/support/database'
import {
  allJobsDone,
  attempts,
  jobs,
  startSender,
  storeEndpoint,
  until,
} from '#tests/support/delivery'
import { storeLaunch } from '#tests/support/facts'
import { JumpingClock } from '#tests/support/jumping_clock'
import { startReceiver } from '#tests/support/receiver'

const HOUR_MS = 3_600_000

test.group('A clock that jumps', (group) => {
  group.each.setup(() => emptyDatabase())

  test('set back, new events go out and a new URL of the endpoint is seen all the same', async ({
    assert,
  }) => {
    const clock = new JumpingClock()
    const receiver = await startReceiver()
    const endpoint = await storeEndpoint(receiver.url)
    startSender({}, { clock })
    await storeLaunch()
    await receiver.received(1)

    clock.jump(-HOUR_MS)
    await storeLaunch()
    await receiver.received(2)
    const elsewhere = await startReceiver()
    await endpoint.merge({ url: elsewhere.url }).save()
    await until(async () => {
      await storeLaunch()
      return elsewhere.deliveries.length > 0
    })

    assert.equal(receiver.deliveries.length, receiver.ids.size)
  })

  test('set forward while a request is under way, the event may come twice but is stored once', async ({
    assert,
  }) => {
    const clock = new JumpingClock()
    const receiver = await startReceiver((_, response) => {
      setTimeout(() => response.writeHead(204).end(), 300)
    })
    await storeEndpoint(receiver.url)
    await storeLaunch()
    startSender({}, { clock })
    await receiver.received(1)

    clock.jump(24 * HOUR_MS)
    await allJobsDone()

    assert.equal(receiver.ids.size, 1)
    assert.lengthOf(await jobs({ status: 'sent' }), 1)
  })

  test('set forward by a month while a request is under way, its attempt is stored with the time it took', async ({
    assert,
  }) => {
    const clock = new JumpingClock()
    const receiver = await startReceiver(async (_, response) => {
      clock.jump(30 * 24 * HOUR_MS)
      response.writeHead(204).end()
    })
    await storeEndpoint(receiver.url)
    await storeLaunch()
    startSender({}, { clock })
    await allJobsDone()

    const [attempt] = await attempts()
    assert.equal(attempt!.outcome, 'accepted')
    assert.isBelow(attempt!.duration_ms, 24 * HOUR_MS)
  })
})
