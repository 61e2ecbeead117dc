import type { Assert } from '@japa/assert'
import { test } from '@japa/runner'
import { emptyDatabase } from '#tests/support/database'
import { EventStreamReader } from '#tests/support/event_stream'
import { storeLaunch } from '#tests/support/facts'
import { isOnPostgres, PostgresProxy } from '#tests/support/postgres_proxy'
import { WebProcess } from '#tests/support/web_process'

/** Streams, lists and pages: each needs the database. */
const ASKING = [
  '/api/v1/stream',
  '/tron-data-health',
  '/live?locale=en',
  '/api/v1/launches',
  '/api/events/latest',
  '/',
]

/** What is said otherwise than by the code of the API. */
const TOLD: Record<string, string> = {
  '/': '<meta http-equiv="refresh" content="5">',
  '/tron-data-health': '"error":"the database cannot be read"',
}

async function assertAway(assert: Assert, web: WebProcess) {
  for (const path of ASKING) {
    const answer = await fetch(web.url + path)
    const text = await answer.text()
    assert.equal(answer.status, 503, `${path}: ${text}`)
    assert.equal(answer.headers.get('retry-after'), '5', path)
    assert.include(text, TOLD[path] ?? '"code":"database_unavailable"')
  }
}

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

  test('a process without its tables is alive but not ready, and shows what needs none', async ({
    assert,
    cleanup,
  }) => {
    const environment = { DB_CONNECTION: 'sqlite', DATABASE_PATH: ':memory:' }
    const web = await WebProcess.start(environment)
    cleanup(() => void web.stop())

    const live = await fetch(`${web.url}/health/live`)
    const ready = await fetch(`${web.url}/health/ready`)

    assert.equal(live.status, 200)
    assert.equal(ready.status, 503)
    assert.deepEqual(await ready.json(), { status: 'unavailable' })
    await assertAway(assert, web)
    for (const path of ['/docs/webhooks', '/favicon.svg', '/api/openapi.json']) {
      const answer = await fetch(web.url + path)
      await answer.body!.cancel()
      assert.equal(answer.status, 200, path)
    }
  })

  if (isOnPostgres) {
    test('while PostgreSQL is away, everything that asks it is answered 503, and is right again afterwards', async ({
      assert,
      cleanup,
    }) => {
      const proxy = await PostgresProxy.start()
      const web = await WebProcess.start({ DATABASE_URL: proxy.url })
      cleanup(() => void web.stop())
      const reader = await EventStreamReader.open(`${web.url}/api/v1/stream`)

      proxy.cut()
      await reader.rest()
      await assertAway(assert, web)
      await proxy.restore()

      for (const path of ASKING) {
        const answer = await fetch(web.url + path)
        await answer.body!.cancel()
        assert.equal(answer.status, 200, path)
      }
    })
  }
})
