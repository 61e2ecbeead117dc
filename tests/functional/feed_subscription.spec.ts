import { test } from '@japa/runner'
import { readFeedBatch } from '#feed/feed_events'
import { FeedSubscription } from '#feed/feed_subscription'
import type { FeedEvent } from '#feed/stream_position'
import { emptyDatabase } from '#tests/support/database'
import { storeLaunch, storeTrade } from '#tests/support/facts'

const BEGINNING = { launch: 0, trade: 0 }

test.group('Feed subscription', (group) => {
  group.each.setup(() => emptyDatabase())

  const subscribe = () => {
    const received: FeedEvent[] = []
    const subscriber = {
      receive: ({ events }: { events: readonly FeedEvent[] }) => void received.push(...events),
      end: () => {},
    }
    return { subscription: new FeedSubscription(subscriber), received }
  }

  test('a fact that the tail hands on after it was caught up with is delivered once', async ({
    assert,
  }) => {
    const launch = await storeLaunch()
    const trade = await storeTrade()
    const { subscription, received } = subscribe()
    const whatTheTailWillRead = await readFeedBatch(BEGINNING, 10)

    await subscription.catchUp(BEGINNING, 10)
    subscription.receive(whatTheTailWillRead)

    assert.lengthOf(received, 2)
    assert.deepEqual(received.at(-1)!.position, { launch, trade })
  })

  test('a position never goes back, though the tail is behind the reader', async ({ assert }) => {
    const { subscription, received } = subscribe()
    const { position: start } = await readFeedBatch(BEGINNING, 10)
    const first = await storeTrade()
    await subscription.catchUp(BEGINNING, 10)

    const launch = await storeLaunch({ block_number: 1 })
    const batch = await readFeedBatch(start, 10)
    subscription.receive({ ...batch, events: batch.events.slice(0, 1) })

    assert.deepEqual(received.at(-1)!.position, { launch, trade: first })
  })

  test('batches that arrive while the missed facts are read come after them', async ({
    assert,
  }) => {
    const missed = await storeLaunch()
    const { subscription, received } = subscribe()
    const { position } = await readFeedBatch(BEGINNING, 10)
    const catchingUp = subscription.catchUp(BEGINNING, 10)
    subscription.receive({
      events: [
        { type: 'launch', row: { id: missed + 1 }, position: { ...position, launch: missed + 1 } },
      ],
      position: { ...position, launch: missed + 1 },
      isComplete: true,
    })

    await catchingUp

    assert.deepEqual(
      received.map(({ row }) => Number(row.id)),
      [missed, missed + 1]
    )
  })
})
