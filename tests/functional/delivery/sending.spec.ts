import { test } from '@japa/runner'
import { Webhook } from 'svix'
import { batchId } from '#delivery/planning/event_id'
import { emptyDatabase } from '#tests/support/database'
import {
  allJobsDone,
  attempts,
  sentAs,
  jobs,
  startSender,
  storeEndpoint,
  until,
} from '#tests/support/delivery'
import { storeLaunch, storePool, storeTrade } from '#tests/support/facts'
import { JumpingClock } from '#tests/support/jumping_clock'
import { quietLogger } from '#tests/support/logged_lines'
import { RECEIVER_SECRET, startReceiver, verify } from '#tests/support/receiver'
import type { Delivery } from '#tests/support/receiver'

const HOUR_MS = 3_600_000

test.group('Sending', (group) => {
  group.each.setup(() => emptyDatabase())

  test('each fact arrives once, signed so that the reference library verifies it', async ({
    assert,
  }) => {
    const receiver = await startReceiver()
    await storeEndpoint(receiver.url)
    await Promise.all([storeLaunch(), storePool(), storeTrade()])

    startSender()
    await allJobsDone()

    const types = receiver.deliveries.map(({ event }) => event.event_type).sort()
    assert.deepEqual(types, ['launch.created', 'pool.created', 'trade.executed'])
    for (const delivery of receiver.deliveries) {
      assert.deepEqual(verify(delivery), delivery.event)
      assert.equal(delivery.headers['webhook-id'], delivery.event.id)
      assert.equal(delivery.headers['content-type'], 'application/json')
      assert.equal(delivery.headers['user-agent'], 'regou-webhook/test')
    }
  })

  test('the reference library verifies it, too', async ({ assert }) => {
    const receiver = await startReceiver()
    await storeEndpoint(receiver.url)
    await storeLaunch()

    startSender()
    await receiver.received(1)

    const [{ body, headers }] = receiver.deliveries as [Delivery]
    const svix = new Webhook(RECEIVER_SECRET)
    assert.doesNotThrow(() => svix.verify(body, headers))
    assert.throws(() => svix.verify(`${body} `, headers))
  })

  test('a fact stored while the sender waits is sent at once', async ({ assert }) => {
    const receiver = await startReceiver()
    await storeEndpoint(receiver.url)
    startSender({ pollMs: 60_000 })

    await storeLaunch()
    await receiver.received(1)
    await storeLaunch()
    await receiver.received(2)

    assert.equal(receiver.ids.size, 2)
  })

  test('an endpoint added while the sender runs gets what comes after it', async ({ assert }) => {
    const receiver = await startReceiver()
    startSender()
    await storeEndpoint(receiver.url)
    await storeLaunch()

    await receiver.received(1)
    assert.equal(receiver.deliveries[0]!.event.event_type, 'launch.created')
  })

  test('every try leaves a row with what the receiver answered', async ({ assert }) => {
    const receiver = await startReceiver((_, response, count) => {
      response.writeHead(count === 1 ? 503 : 200).end(count === 1 ? 'later\0please' : 'thanks')
    })
    await storeEndpoint(receiver.url)
    await storeLaunch()

    startSender()
    await allJobsDone()

    const [first, second] = await attempts()
    assert.containsSubset(first, {
      attempt: 1,
      outcome: 'failed',
      reason: 'status',
      http_status: 503,
      response_head: 'later\uFFFDplease',
    })
    assert.containsSubset(second, {
      attempt: 2,
      outcome: 'accepted',
      reason: null,
      http_status: 200,
      response_head: 'thanks',
    })
  })

  test('a retry carries the id of the first try, a new time and a valid signature', async ({
    assert,
  }) => {
    const receiver = await startReceiver((_, response, count) => {
      response.writeHead(count < 3 ? 500 : 204).end()
    })
    await storeEndpoint(receiver.url)
    await storeLaunch()

    startSender()
    await allJobsDone()

    assert.equal(receiver.deliveries.length, 3)
    assert.equal(receiver.ids.size, 1)
    receiver.deliveries.forEach((delivery, index) => {
      verify(delivery)
      assert.equal(delivery.event.metadata.attempt, index + 1)
    })
    assert.containsSubset(await jobs(), [{ status: 'sent', attempts: 3, reason: null }])
  })

  test('a fact counts as sent when the last of its endpoints has accepted it', async ({
    assert,
  }) => {
    let isOpen = false
    const late = await startReceiver((_, response) => response.writeHead(isOpen ? 200 : 500).end())
    const prompt = await startReceiver()
    await storeEndpoint(late.url, { retrySchedule: Array.from({ length: 100 }, () => 10) })
    await storeEndpoint(prompt.url)
    const id = await storeLaunch()

    startSender()
    await prompt.received(1)
    await late.received(3)
    assert.deepEqual(await sentAs(id), [null, false])

    isOpen = true
    await allJobsDone()
    assert.deepEqual(await sentAs(id), ['sent', true])
  })

  test('an endpoint that never accepts ends as failed, and the fact does not count as sent', async ({
    assert,
  }) => {
    const receiver = await startReceiver((_, response) => response.writeHead(500).end())
    const other = await startReceiver()
    await storeEndpoint(receiver.url, { retrySchedule: [1, 1] })
    await storeEndpoint(other.url)
    const id = await storeLaunch()

    startSender()
    await allJobsDone()

    assert.equal(receiver.deliveries.length, 3)
    assert.containsSubset(await jobs(), [{ status: 'failed', attempts: 3 }, { status: 'sent' }])
    assert.deepEqual(await sentAs(id), ['failed', false])
  })

  test('one endpoint that hangs does not hold up another', async ({ assert }) => {
    const hanging = await startReceiver(() => {})
    const healthy = await startReceiver()
    await storeEndpoint(hanging.url, { timeoutMs: 60_000, concurrency: 4 })
    await storeEndpoint(healthy.url)
    const stored = Array.from({ length: 200 }, () => storeTrade())
    await Promise.all(stored)

    startSender()
    await healthy.received(200)

    assert.equal(healthy.ids.size, 200)
    assert.equal(hanging.deliveries.length, 4)
    await hanging.stop()
  })

  test('a batch is one POST with one signature, and keeps its id when it is tried again', async ({
    assert,
  }) => {
    const receiver = await startReceiver((_, response, count) => {
      response.writeHead(count === 1 ? 500 : 200).end()
    })
    await storeEndpoint(receiver.url, { batchSize: 10, concurrency: 1 })
    await Promise.all([storeLaunch(), storeLaunch(), storeLaunch()])

    startSender()
    await allJobsDone()

    const [first, second] = receiver.deliveries
    verify(second!)
    assert.equal(second!.id, first!.id)
    assert.equal(second!.event.event_type, 'batch')
    assert.equal(second!.id, batchId(second!.event.events.map((event: { id: string }) => event.id)))
    assert.lengthOf(second!.event.events, 3)
    assert.lengthOf(await attempts(), 6)
  })

  test('an event that is too old when its turn comes expires without being sent', async ({
    assert,
  }) => {
    const receiver = await startReceiver()
    await storeEndpoint(receiver.url)
    const id = await storeLaunch()

    startSender({ expiry: { all: 1000, byType: {} } })
    await allJobsDone()

    assert.lengthOf(receiver.deliveries, 0)
    assert.containsSubset(await jobs(), [{ status: 'expired', attempts: 0 }])
    assert.deepEqual(await sentAs(id), ['expired', false])
  })

  test('an event expires for one endpoint between two tries, and counts as sent to another', async ({
    assert,
  }) => {
    const receiver = await startReceiver((_, response) => response.writeHead(500).end())
    const other = await startReceiver()
    await storeEndpoint(receiver.url, { retrySchedule: [HOUR_MS, HOUR_MS] })
    await storeEndpoint(other.url, { expiryMs: 10 * HOUR_MS })
    const clock = new JumpingClock()
    const id = await storeLaunch({ event_time: clock.now() })

    startSender({ pollMs: 20, expiry: { all: HOUR_MS, byType: {} } }, { clock, log: quietLogger })
    await until(async () => {
      const { length } = await attempts()
      return length === 2
    })
    clock.jump(2 * HOUR_MS)
    await allJobsDone()

    assert.lengthOf(receiver.deliveries, 1)
    assert.containsSubset(await jobs(), [{ status: 'expired', attempts: 1 }, { status: 'sent' }])
    assert.deepEqual(await sentAs(id), ['partial', true])
  })

  test('a request cut by a stop does not count as a try and goes again', async ({ assert }) => {
    const receiver = await startReceiver((_, response, count) => {
      if (count > 1) {
        response.writeHead(204).end()
      }
    })
    await storeEndpoint(receiver.url, { timeoutMs: 60_000, concurrency: 1 })
    await storeLaunch()
    await storeLaunch()

    const sender = startSender({ stopWithinMs: 50 })
    await receiver.received(1)
    await sender.stop()
    assert.containsSubset(await jobs(), [
      { status: 'pending', attempts: 0 },
      { status: 'pending', attempts: 0 },
    ])

    startSender()
    await allJobsDone()
    assert.lengthOf(receiver.deliveries, 3)
    assert.equal(receiver.ids.size, 2)
  })
})
