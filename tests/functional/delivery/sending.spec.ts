import { test } from '@japa/runner'
import Trade from '#models/trade'
import { emptyDatabase } from '#tests/support/database'
import { allJobsDone, attempts, jobs, startSender, storeEndpoint } from '#tests/support/delivery'
import { storeLaunch, storePool, storeTrade } from '#tests/support/facts'
import { Receiver, verify } from '#tests/support/receiver'

test.group('Sending', (group) => {
  group.each.setup(() => emptyDatabase())

  test('each fact arrives once, signed so that the reference library verifies it', async ({
    assert,
    cleanup,
  }) => {
    const receiver = await Receiver.start()
    cleanup(() => receiver.stop())
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
})
