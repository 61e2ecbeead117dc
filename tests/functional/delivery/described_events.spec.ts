import { test } from '@japa/runner'
import vine from '@vinejs/vine'
import db from '@adonisjs/lucid/services/db'
import { eventTypes } from '#facts/event_types'
import { eventShapes } from '#openapi/events'
import { emptyDatabase } from '#tests/support/database'
import { startSender, storeEndpoint } from '#tests/support/delivery'
import { storeLaunch, storePool, storeTrade } from '#tests/support/facts'
import { startReceiver } from '#tests/support/receiver'

test.group('Events and their description', (group) => {
  group.each.setup(() => emptyDatabase())

  test('the description has every type of event that an endpoint can ask for', ({ assert }) => {
    assert.sameMembers(Object.keys(eventShapes()), [...eventTypes().all])
  })

  test('what a receiver gets is what the description says', async ({ assert }) => {
    const receiver = await startReceiver()
    await storeEndpoint(receiver.url)
    const launch = await storeLaunch()
    await storePool()
    await storeTrade()
    startSender()
    await receiver.received(3)
    await db
      .from('launch_events')
      .where('id', launch)
      .update({ removed_at: Date.now(), planned_at: null })
    await receiver.received(4)

    for (const { event } of receiver.deliveries) {
      assert.deepEqual(await vine.create(eventShapes()[event.event_type]!).validate(event), event)
    }
    const types = receiver.deliveries.map(({ event }) => event.event_type)
    assert.sameMembers(types, [
      'launch.created',
      'pool.created',
      'trade.executed',
      'launch.created.removed',
    ])
  })
})
