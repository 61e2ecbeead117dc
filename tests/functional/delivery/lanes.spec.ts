import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { emptyDatabase } from '#tests/support/database'
import {
  allJobsDone,
  attempts,
  jobs,
  startSender,
  storeEndpoint,
  until,
} from '#tests/support/delivery'
import { storeLaunch, storeTrade } from '#tests/support/facts'
import { startReceiver } from '#tests/support/receiver'
import type { Delivery } from '#tests/support/receiver'
import { SteppedClock } from '#tests/support/stepped_clock'

const TOKENS = ['a', 'b', 'c'].map((digit) => `0x${digit.repeat(40)}`)

const times = <T>(count: number, make: (index: number) => T) =>
  Promise.all(Array.from({ length: count }, (_, index) => make(index)))

test.group('Lanes', (group) => {
  group.each.setup(() => emptyDatabase())

  test('a request begins each time the rate of the endpoint allows one more', async ({
    assert,
    cleanup,
  }) => {
    const receiver = await startReceiver()
    await storeEndpoint(receiver.url, { ratePerSecond: 40 })
    await times(24, () => storeLaunch())
    const clock = new SteppedClock()

    startSender({}, { clock })
    cleanup(() => clock.release())
    for (let allowed = 4; allowed <= 24; allowed++) {
      await receiver.received(allowed)
      assert.lengthOf(receiver.deliveries, allowed)
      clock.pass(1000 / 40)
    }
  })

  test('an overloaded receiver is left alone and then probed by one request: {$self}')
    .with([429, 502, 503, 504])
    .run(async ({ assert }, status) => {
      let isOpen = false
      const receiver = await startReceiver((_, response) => {
        response.writeHead(isOpen ? 204 : status).end()
      })
      await storeEndpoint(receiver.url, { concurrency: 2 })
      await times(50, () => storeLaunch())

      startSender({ pause: { firstMs: 50, longestMs: 50 }, retry: { waits: [1], maxRetries: 50 } })
      await receiver.received(4)
      const tried = await jobs({ status: 'pending', attempts: 0 })
      assert.isAtLeast(tried.length, 40)

      isOpen = true
      await allJobsDone()
      assert.lengthOf(await jobs({ status: 'sent' }), 50)
    })

  test('Retry-After holds back every job of the endpoint, and of no other', async ({ assert }) => {
    const busy = await startReceiver((_, response) => {
      response.writeHead(429, { 'retry-after': '600' }).end()
    })
    const free = await startReceiver()
    const endpoint = await storeEndpoint(busy.url, { concurrency: 1 })
    await storeEndpoint(free.url)
    await times(20, () => storeLaunch())

    startSender()
    await free.received(20)
    await until(async () => {
      const waiting = await jobs({ target_id: endpoint.id, status: 'pending' })
      const tried = await jobs({ target_id: endpoint.id, attempts: 1 })
      return waiting.length === 20 && tried.length === 1
    })

    assert.lengthOf(busy.deliveries, 1)
  })

  test('no answer in time pauses the endpoint, too', async ({ assert }) => {
    const receiver = await startReceiver(() => {})
    await storeEndpoint(receiver.url, { concurrency: 3, timeoutMs: 100 })
    await times(20, () => storeLaunch())

    startSender({ pause: { firstMs: 60_000, longestMs: 60_000 } })
    await until(async () => {
      const waiting = await jobs({ status: 'pending' })
      const tried = await attempts()
      return waiting.length === 20 && tried.length > 0
    })

    // Each of the first three may time out before the others have begun.
    assert.isAtMost(receiver.deliveries.length, 3)
  })

  test('a backlog of retries leaves slots for what is new', async ({ assert }) => {
    const isHanging = ({ event }: Delivery) => event.event_type === 'launch.created'
    const receiver = await startReceiver((delivery, response) => {
      if (!isHanging(delivery)) {
        response.writeHead(204).end()
      }
    })
    await storeEndpoint(receiver.url, { concurrency: 4, timeoutMs: 60_000, eventTypes: ['*'] })
    await times(30, () => storeLaunch())
    const sender = startSender()
    await receiver.received(4)
    await sender.stop()
    await db.from('notification_jobs').update({ attempts: 1 })
    receiver.deliveries.length = 0

    startSender()
    await receiver.received(1)
    await times(30, () => storeTrade())
    await receiver.received(31)

    assert.lengthOf(receiver.deliveries.filter(isHanging), 1)
    await receiver.stop()
  })
})

test.group('Lanes that keep the order', (group) => {
  group.each.setup(() => emptyDatabase())

  async function storeTrades(count: number) {
    for (let index = 0; index < count; index++) {
      await storeTrade({ token_address: TOKENS[index % TOKENS.length] })
    }
  }

  const idsOf = (deliveries: readonly Delivery[], token: string) =>
    deliveries
      .flatMap(({ event }) => (event.events as Delivery['event'][]) ?? [event])
      .filter(({ data }) => data.token_address === token)
      .map(({ data }) => Number(data.id))

  const inOrder = (ids: readonly number[]) => ids.toSorted((a, b) => a - b)

  test('nothing overtakes a failing job of its token, and other tokens go on', async ({
    assert,
  }) => {
    const [failing, ...healthy] = TOKENS as [string, string, string]
    let isOpen = false
    const accepted: Delivery[] = []
    const receiver = await startReceiver((delivery, response) => {
      const isFailing = delivery.event.data.token_address === failing && !isOpen
      if (!isFailing) {
        accepted.push(delivery)
      }
      response.writeHead(isFailing ? 500 : 204).end()
    })
    await storeEndpoint(receiver.url, {
      ordering: 'fifo',
      retrySchedule: Array.from({ length: 500 }, () => 10),
    })
    await storeTrades(60)

    startSender()
    await until(async () => accepted.length === 40)
    const tries = idsOf(receiver.deliveries, failing)
    assert.equal(new Set(tries).size, 1)
    for (const token of healthy) {
      assert.deepEqual(idsOf(accepted, token), inOrder(idsOf(accepted, token)))
    }

    isOpen = true
    await allJobsDone()
    assert.lengthOf(accepted, 60)
    assert.deepEqual(idsOf(accepted, failing), inOrder(idsOf(accepted, failing)))
  })

  test('a job that is given up lets the next ones of its token go', async ({ assert }) => {
    const receiver = await startReceiver((_, response, count) => {
      response.writeHead(count === 1 ? 500 : 204).end()
    })
    await storeEndpoint(receiver.url, { ordering: 'fifo', retrySchedule: [] })
    await times(3, () => storeTrade({ token_address: TOKENS[0] }))

    startSender()
    await allJobsDone()

    assert.lengthOf(await jobs({ status: 'failed' }), 1)
    assert.lengthOf(await jobs({ status: 'sent' }), 2)
  })

  test('with batches, too, each token keeps its order', async ({ assert }) => {
    const accepted: Delivery[] = []
    const receiver = await startReceiver((delivery, response, count) => {
      const isFailing = count % 3 === 1
      if (!isFailing) {
        accepted.push(delivery)
      }
      response.writeHead(isFailing ? 500 : 204).end()
    })
    await storeEndpoint(receiver.url, {
      ordering: 'fifo',
      batchSize: 5,
      retrySchedule: Array.from({ length: 50 }, () => 5),
    })
    await storeTrades(60)

    startSender()
    await allJobsDone()

    for (const token of TOKENS) {
      assert.lengthOf(idsOf(accepted, token), 20)
      assert.deepEqual(idsOf(accepted, token), inOrder(idsOf(accepted, token)))
    }
  })

  test('two senders keep the order together', async ({ assert }) => {
    const accepted: Delivery[] = []
    const receiver = await startReceiver((delivery, response, count) => {
      if (count % 5 > 0) {
        accepted.push(delivery)
      }
      response.writeHead(count % 5 > 0 ? 204 : 500).end()
    })
    await storeEndpoint(receiver.url, {
      ordering: 'fifo',
      retrySchedule: Array.from({ length: 50 }, () => 5),
    })
    await storeTrades(90)

    startSender()
    startSender()
    await allJobsDone()

    for (const token of TOKENS) {
      assert.deepEqual(idsOf(accepted, token), inOrder(idsOf(accepted, token)))
    }
    const tries = await attempts()
    assert.lengthOf(
      tries.filter(({ outcome }) => outcome === 'accepted'),
      90
    )
  })
})
