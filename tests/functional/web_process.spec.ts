import { test } from '@japa/runner'
import { emptyDatabase } from '#tests/support/database'
import { EventStreamReader } from '#tests/support/event_stream'
import { storeLaunch } from '#tests/support/facts'
import { WebProcess } from '#tests/support/web_process'

test.group('Web process', (group) => {
  group.each.setup(() => emptyDatabase())

  test('open streams end when the process is told to stop, and do not hold it', async ({
    assert,
    cleanup,
  }) => {
    const web = await WebProcess.start()
    cleanup(() => void web.stop())
    const reader = await EventStreamReader.open(`${web.url}/api/v1/stream`)
    await storeLaunch()
    await reader.next(1)

    const stopping = web.stop()
    await reader.rest()

    assert.equal(await stopping, 0)
  })

  test('a process without its tables is alive but not ready', async ({ assert, cleanup }) => {
    const environment = { DB_CONNECTION: 'sqlite', DATABASE_PATH: ':memory:' }
    const web = await WebProcess.start(environment)
    cleanup(() => void web.stop())

    const live = await fetch(`${web.url}/health/live`)
    const ready = await fetch(`${web.url}/health/ready`)

    assert.equal(live.status, 200)
    assert.equal(ready.status, 503)
    assert.deepEqual(await ready.json(), { status: 'unavailable' })
  })
})
