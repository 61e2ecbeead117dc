import { Writable } from 'node:stream'
import { Logger } from '@adonisjs/core/logger'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { emptyDatabase } from '#tests/support/database'
import { allJobsDone, jobs, startSender, storeEndpoint } from '#tests/support/delivery'
import { storeLaunches } from '#tests/support/facts'
import { startReceiver } from '#tests/support/receiver'

const EVENTS = 6000
/** What may wait to be written before nothing more is claimed. */
const MOST_BEHIND = 2000
/** And what one lane may have in hand by then, or under way. */
const MOST_BESIDES = 2000 + 64

test.group('A database that is slower than the receivers', (group) => {
  group.tap((one) => one.tags(['@sqlite']))
  group.each.setup(() => emptyDatabase())

  /** Nothing can be noted as sent meanwhile. */
  async function withoutAttempts(work: () => Promise<unknown>) {
    await db.rawQuery('alter table delivery_attempts rename to attempts_elsewhere')
    try {
      await work()
    } finally {
      await db.rawQuery('alter table attempts_elsewhere rename to delivery_attempts')
    }
  }

  test('what was sent and is not noted yet holds back what is next, and goes out once', async ({
    assert,
  }) => {
    const { promise: gaveUpTwice, resolve } = Promise.withResolvers<void>()
    let faults = 0
    const destination = new Writable({
      write: (_line, _, done) => {
        // The second time it has had a second to send all it would.
        if (++faults === 2) resolve()
        done()
      },
    })
    const log = new Logger({ enabled: true, level: 'error', destination })
    const receiver = await startReceiver()
    await storeEndpoint(receiver.url, { concurrency: 64 })
    await storeLaunches(EVENTS)

    await withoutAttempts(async () => {
      startSender({}, { log })
      await receiver.received(MOST_BEHIND)
      await gaveUpTwice
      assert.isAtMost(receiver.deliveries.length, MOST_BEHIND + MOST_BESIDES)
    })
    await allJobsDone()

    assert.lengthOf(await jobs({ status: 'sent' }), EVENTS)
    assert.lengthOf(receiver.deliveries, EVENTS)
  })
})
