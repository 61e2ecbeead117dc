import type { ServerResponse } from 'node:http'
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
import { loggedLines, quietLogger } from '#tests/support/logged_lines'
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

  test('set back, pauses end and a backlog and retries go on as if it had not been', async ({
    assert,
  }) => {
    const clock = new JumpingClock()
    let isOpen = false
    const busy = await startReceiver((_, response) => response.writeHead(isOpen ? 204 : 503).end())
    const failing = await startReceiver((_, response) =>
      response.writeHead(isOpen ? 204 : 500).end()
    )
    const slow = await startReceiver((_, response) => {
      if (isOpen) response.writeHead(204).end()
    })
    await storeEndpoint(busy.url, { retrySchedule: [1000, 1000] })
    await storeEndpoint(failing.url, { retrySchedule: [1000, 1000] })
    await storeEndpoint(slow.url, { concurrency: 1, timeoutMs: 1000, retrySchedule: [1000, 1000] })
    for (let event = 0; event < 10; event++) await storeLaunch()
    startSender({ pause: { firstMs: 200, longestMs: 200 } }, { clock, log: quietLogger })
    await Promise.all([busy.received(1), failing.received(10), slow.received(1)])

    clock.jump(-HOUR_MS)
    isOpen = true
    await allJobsDone()

    assert.lengthOf(await jobs({ status: 'sent' }), 30)
  })

  test('set forward while requests are under way, neither another sender nor their own takes the jobs', async ({
    assert,
  }) => {
    const clock = new JumpingClock()
    const held: ServerResponse[] = []
    let isOpen = false
    const receiver = await startReceiver((_, response) => {
      if (isOpen) response.writeHead(204).end()
      else held.push(response)
    })
    await storeEndpoint(receiver.url, { concurrency: 1 })
    for (let event = 0; event < 6; event++) await storeLaunch()
    const { logger, lines } = loggedLines()
    startSender({ pollMs: 20 }, { clock, log: logger })
    await receiver.received(1)
    startSender({ pollMs: 20 }, { clock, log: logger })
    await receiver.received(2)

    clock.jump(24 * HOUR_MS)
    await until(async () => lines.filter((line) => line.includes('set forward')).length === 2)
    isOpen = true
    held.forEach((response) => response.writeHead(204).end())
    await allJobsDone()

    assert.lengthOf(receiver.deliveries, 6)
    assert.equal(receiver.ids.size, 6)
  })

  test('set forward by more than an endpoint may fail, it is not disabled for one failure', async ({
    assert,
  }) => {
    const clock = new JumpingClock()
    const receiver = await startReceiver((_, response) => response.writeHead(500).end())
    const endpoint = await storeEndpoint(receiver.url, { retrySchedule: [1, 1] })
    const sender = startSender({ pollMs: 20 }, { clock, log: quietLogger })
    await storeLaunch()
    await until(async () => {
      await endpoint.refresh()
      return endpoint.failingSince !== null
    })

    clock.jump(30 * 24 * HOUR_MS)
    await storeLaunch()
    await receiver.received(6)
    await allJobsDone()
    await sender.stop()

    await endpoint.refresh()
    assert.equal(endpoint.state, 'active')
    assert.isAbove(endpoint.failingSince!, clock.now() - HOUR_MS)
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
