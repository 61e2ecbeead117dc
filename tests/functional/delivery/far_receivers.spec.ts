import { once } from 'node:events'
import { createServer } from 'node:http'
import { test } from '@japa/runner'
import { DeafServer } from '#tests/support/deaf_server'
import { emptyDatabase } from '#tests/support/database'
import { allJobsDone, attempts, startSender, storeEndpoint } from '#tests/support/delivery'
import { storeLaunch } from '#tests/support/facts'
import { answerNames } from '#tests/support/name_service'

/** No server listens there, on any port that a test gets. */
const UNUSED = '127.0.0.3'

test.group('Receivers with several addresses', (group) => {
  group.each.setup(() => emptyDatabase())

  async function tryOnce(port: string | number, timeoutMs = 10_000) {
    await storeEndpoint(`http://far.example:${port}/hooks`, { retrySchedule: [], timeoutMs })
    await storeLaunch()
    startSender()
    await allJobsDone()
    const made = await attempts()
    return made[0]!
  }

  test('one that takes a second to connect gets its event at the first try, though its other address is dead', async ({
    assert,
  }) => {
    const server = await DeafServer.start()
    answerNames(['127.0.0.1', UNUSED], () => server.listen())

    assert.containsSubset(await tryOnce(server.port), { outcome: 'accepted', attempt: 1 })
  })

  test('an address that never answers leaves the request time for the next one', async ({
    assert,
    cleanup,
  }) => {
    const deaf = await DeafServer.start()
    const server = createServer((_, response) => response.writeHead(204).end())
    cleanup(() => void server.close())
    await once(server.listen(deaf.port, '127.0.0.2'), 'listening')
    answerNames(['127.0.0.1', '127.0.0.2'])

    assert.propertyVal(await tryOnce(deaf.port), 'outcome', 'accepted')
  })

  test('where none answers, the failure names each address and how long it was tried', async ({
    assert,
  }) => {
    const { port } = await DeafServer.start()
    answerNames(['127.0.0.1', UNUSED])

    const { reason, detail } = await tryOnce(port, 1500)
    assert.equal(reason, 'connect')
    assert.match(
      detail,
      /^127\.0\.0\.1:\d+ did not answer within \d+ ms; 127\.0\.0\.3:\d+: ECONNREFUSED after \d+ ms$/
    )
  })

  test('a name that is not answered in time is told as such', async ({ assert }) => {
    answerNames(null)

    const { reason, detail } = await tryOnce(80, 100)
    assert.equal(reason, 'dns')
    assert.match(detail, /far\.example had no answer within \d+ ms/)
  })

  test('other requests of every process give an address seconds as well', async ({ assert }) => {
    const server = await DeafServer.start()
    answerNames(['127.0.0.1', UNUSED], () => server.listen())

    const { status } = await fetch(`http://far.example:${server.port}/`)
    assert.equal(status, 204)
  })
})
