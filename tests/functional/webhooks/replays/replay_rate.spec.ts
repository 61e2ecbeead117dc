import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { replayStep } from '#webhooks/replays/replay_step'
import { startReplay } from '#webhooks/replays/start_replay'
import { emptyDatabase } from '#tests/support/database'
import { allJobsDone, jobs, startSender, storeEndpoint } from '#tests/support/delivery'
import { storeLaunch, storeTrade } from '#tests/support/facts'
import { startReceiver } from '#tests/support/receiver'
import type { Delivery } from '#tests/support/receiver'
import { everything, replayed, storeTrades } from '#tests/support/replays'
import { SettableClock } from '#tests/support/settable_clock'

const SOMEWHERE = 'https://example.com/'

const markSent = () => db.from('notification_jobs').update({ status: 'sent' })

test.group('The pace of a replay', (group) => {
  group.each.setup(() => emptyDatabase())

  test('a second releases what the rate allows, spread over it, and not before it is over', async ({
    assert,
  }) => {
    const clock = new SettableClock()
    const endpoint = await storeEndpoint(SOMEWHERE)
    await storeTrades(25)
    const { replay } = await startReplay({ ...everything(endpoint), ratePerSecond: 10 }, clock)

    await replayStep(replay.id, clock)
    const released = await jobs()
    const dueAfter = released.map((job) => Number(job.next_attempt_at) - clock.now())
    assert.deepEqual(dueAfter, [0, 100, 200, 300, 400, 500, 600, 700, 800, 900])

    await markSent()
    clock.pass(999)
    await replayStep(replay.id, clock)
    assert.lengthOf(await jobs(), 10)

    clock.pass(1)
    await replayStep(replay.id, clock)
    assert.lengthOf(await jobs(), 20)
  })

  test('an endpoint that does not keep up gets no pile of events', async ({ assert }) => {
    const clock = new SettableClock()
    const endpoint = await storeEndpoint(SOMEWHERE)
    await storeTrades(1100)
    const { replay } = await startReplay(everything(endpoint), clock)
    const stepLater = async () => {
      clock.pass(1000)
      await replayStep(replay.id, clock)
    }

    await stepLater()
    await stepLater()
    assert.lengthOf(await jobs({ status: 'pending' }), 500)

    for (let count = 0; count < 4; count++) {
      await markSent()
      await stepLater()
    }
    assert.lengthOf(await jobs(), 1100)
    await replay.refresh()
    assert.containsSubset(replay.$attributes, { state: 'done', added: 1100, revived: 0 })
  })

  test('a replay that its receiver does not answer does not hold up what is new', async ({
    assert,
  }) => {
    const isReplayed = ({ event }: Delivery) => event.event_type === 'launch.created'
    const receiver = await startReceiver((delivery, response) => {
      if (!isReplayed(delivery)) {
        response.writeHead(204).end()
      }
    })
    const endpoint = await storeEndpoint(receiver.url, {
      concurrency: 4,
      timeoutMs: 60_000,
      createdAt: 1_781_000_000_000,
    })
    for (let count = 0; count < 30; count++) {
      await storeLaunch()
    }
    startSender()
    await replayed(endpoint)
    await receiver.received(2)

    for (let count = 0; count < 30; count++) {
      await storeTrade({ created_at: 1_782_000_000_000 })
    }
    await receiver.received(32)

    assert.lengthOf(receiver.deliveries.filter(isReplayed), 2)
    await receiver.stop()
  })

  test('what is replayed keeps the order of its token where the endpoint asks for it', async ({
    assert,
  }) => {
    const token = `0x${'a'.repeat(40)}`
    const receiver = await startReceiver((_, response, count) => {
      response.writeHead(count === 3 ? 500 : 204).end()
    })
    const endpoint = await storeEndpoint(receiver.url, {
      ordering: 'fifo',
      createdAt: 1_781_000_000_000,
    })
    const stored: number[] = []
    for (let count = 0; count < 8; count++) {
      stored.push(await storeTrade({ token_address: token }))
    }
    startSender()
    await replayed(endpoint)
    await allJobsDone()

    const arrived = receiver.deliveries.map(({ event }) => event.data.id)
    assert.deepEqual(arrived, [...stored.slice(0, 3), ...stored.slice(2)])
  })
})
