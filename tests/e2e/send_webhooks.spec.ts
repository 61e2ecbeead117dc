import { test } from '@japa/runner'
import { systemClock } from '#foundation/clock'
import WebhookEndpoint from '#models/webhook_endpoint'
import { emptyDatabase } from '#tests/support/database'
import { allJobsDone, jobs, storeEndpoint, until } from '#tests/support/delivery'
import { storeManyTrades, storeTrade } from '#tests/support/facts'
import { startReceiver } from '#tests/support/receiver'
import { SenderProcess } from '#tests/support/sender_process'

const EVENTS = 600

/** What may be under way or just answered when the sender is killed, and so comes twice. */
const NOT_WRITTEN_YET = 100

/** Set KILL_ROUNDS for more. */
const KILL_ROUNDS = Number(process.env.KILL_ROUNDS ?? 2)

test.group('node ace send:webhooks', (group) => {
  group.each.setup(() => emptyDatabase())

  /** A receiver slow enough that a signal always comes in the middle of the work. */
  async function workInProgress() {
    const receiver = await startReceiver((_, response) => {
      setTimeout(() => response.writeHead(204).end(), 20)
    })
    await storeEndpoint(receiver.url)
    await storeManyTrades(Array.from({ length: EVENTS }, () => ({})))
    return receiver
  }

  test('killed at any moment and started again, it loses nothing, and what comes twice has one id', async ({
    assert,
  }) => {
    const receiver = await workInProgress()
    for (let round = 0; round < KILL_ROUNDS; round++) {
      const sender = new SenderProcess()
      const killedAfter = (EVENTS / KILL_ROUNDS) * (round + Math.random())
      await receiver.received(Math.max(killedAfter, receiver.deliveries.length + 1))
      assert.isNull(await sender.kill('SIGKILL'))
    }

    const last = new SenderProcess()
    await allJobsDone()
    assert.equal(await last.kill('SIGTERM'), 0)

    assert.equal(receiver.ids.size, EVENTS)
    assert.lengthOf(await jobs({ status: 'sent' }), EVENTS)
    const duplicates = receiver.deliveries.length - EVENTS
    assert.isAtMost(duplicates, KILL_ROUNDS * NOT_WRITTEN_YET)
  })

  test('two share one database and double nothing', async ({ assert }) => {
    const receiver = await workInProgress()
    const senders = [new SenderProcess(), new SenderProcess()]
    await allJobsDone()
    const codes = await Promise.all(senders.map((sender) => sender.kill('SIGTERM')))

    assert.deepEqual(codes, [0, 0])
    assert.lengthOf(receiver.deliveries, EVENTS)
    assert.equal(receiver.ids.size, EVENTS)
    assert.lengthOf(await jobs({ status: 'sent' }), EVENTS)
  }).tags(['@postgres'])

  test('one of two is killed: the other takes over its jobs', async ({ assert }) => {
    const receiver = await workInProgress()
    const [one, other] = [new SenderProcess(), new SenderProcess()]
    await receiver.received(EVENTS / 3)
    assert.isNull(await one.kill('SIGKILL'))
    await allJobsDone()

    assert.equal(await other.kill('SIGTERM'), 0)
    assert.equal(receiver.ids.size, EVENTS)
    assert.lengthOf(await jobs({ status: 'sent' }), EVENTS)
  }).tags(['@postgres'])

  test('SIGTERM finishes what is under way, releases the rest and exits 0', async ({ assert }) => {
    const receiver = await workInProgress()
    const sender = new SenderProcess()
    await receiver.received(50)
    assert.equal(await sender.kill('SIGTERM'), 0)

    assert.lengthOf(await jobs({ status: 'sending' }), 0)
    assert.lengthOf(await jobs({ status: 'sent' }), receiver.deliveries.length)
    assert.isBelow(receiver.deliveries.length, EVENTS)

    const next = new SenderProcess()
    await allJobsDone()
    assert.lengthOf(receiver.deliveries, EVENTS)
    assert.equal(await next.kill('SIGTERM'), 0)
  }).tags(['@sqlite'])

  test('a URL from the environment becomes an endpoint and gets what is stored from then on', async ({
    assert,
  }) => {
    const receiver = await startReceiver()
    const sender = new SenderProcess({ WEBHOOK_URLS: receiver.url })
    await until(async () => Boolean(await WebhookEndpoint.first()))

    await storeTrade({ created_at: systemClock.now() })
    await receiver.received(1)

    assert.equal(await sender.kill('SIGTERM'), 0)
    assert.include(sender.log, 'Sending webhooks to endpoint')
    assert.include(sender.log, '1 sent, 0 to be tried again')
  }).tags(['@sqlite'])

  test('a URL without a secret is refused with a way to make one', async ({ assert }) => {
    const sender = new SenderProcess({
      WEBHOOK_URLS: 'https://example.com/hooks',
      WEBHOOK_SECRET: '',
    })

    assert.equal(await sender.exited, 1)
    assert.match(sender.log, /WEBHOOK_SECRET is missing.*randomBytes/)
  }).tags(['@sqlite'])

  test('switched off, it says so and exits 0', async ({ assert }) => {
    const sender = new SenderProcess({ WEBHOOK_ENABLED: 'false' })

    assert.equal(await sender.exited, 0)
    assert.include(sender.log, 'WEBHOOK_ENABLED is false')
  }).tags(['@sqlite'])
})
