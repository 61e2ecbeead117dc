import { Writable } from 'node:stream'
import { Logger } from '@adonisjs/core/logger'
import db from '@adonisjs/lucid/services/db'
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
import { storeTrade } from '#tests/support/facts'
import { startReceiver } from '#tests/support/receiver'

const EVENTS = 1000

/** SQLite can be told that there is no room; of PostgreSQL the same code is asked the same way. */
test.group('A full disk', (group) => {
  group.tap((it) => it.tags(['@sqlite']))
  group.each.setup(() => emptyDatabase())
  group.each.teardown(() => allowPages(1_073_741_823))

  async function allowPages(count: number) {
    await db.rawQuery(`pragma max_page_count = ${count}`)
  }

  /** Leaves no page to write to: neither new ones nor those that deleted rows left. */
  async function fillDisk() {
    await db.rawQuery('vacuum')
    const [{ page_count: pages }] = await db.rawQuery('pragma page_count')
    await allowPages(pages)
  }

  test('the sender says what is wrong, loses nothing, and goes on when there is room', async ({
    assert,
  }) => {
    const said: string[] = []
    const destination = new Writable({
      write: (line, _, done) => done(void said.push(String(line))),
    })
    const log = new Logger({ enabled: true, level: 'error', destination })
    const receiver = await startReceiver()
    await storeEndpoint(receiver.url)
    for (let index = 0; index < EVENTS; index++) {
      await storeTrade()
    }

    await fillDisk()
    startSender({}, { log })
    await until(async () => said.some((line) => line.includes('The disk of the database is full')))
    await allowPages(1_073_741_823)
    await receiver.received(EVENTS / 2)
    await fillDisk()
    await until(async () => said.filter((line) => line.includes('is full')).length > 1)
    await allowPages(1_073_741_823)
    await allJobsDone()

    assert.lengthOf(await jobs({ status: 'sent' }), EVENTS)
    assert.lengthOf(await attempts(), EVENTS)
    assert.lengthOf(receiver.deliveries, EVENTS, 'what was accepted is not sent again')
  })
})
