import { readFile } from 'node:fs/promises'
import { createServer as createTlsServer } from 'node:https'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { test } from '@japa/runner'
import type WebhookEndpoint from '#models/webhook_endpoint'
import { emptyDatabase } from '#tests/support/database'
import {
  allJobsDone,
  attempts,
  jobs,
  startSender,
  storeEndpoint,
  until,
} from '#tests/support/delivery'
import { storeLaunch } from '#tests/support/facts'
import { startReceiver } from '#tests/support/receiver'

test.group('Answers of receivers', (group) => {
  group.each.setup(() => emptyDatabase())

  async function tryOnce(url: string, columns: Partial<WebhookEndpoint> = {}, settings = {}) {
    const endpoint = await storeEndpoint(url, { retrySchedule: [], ...columns })
    await storeLaunch()
    startSender(settings)
    await allJobsDone()
    const [attempt] = await attempts()
    return { endpoint, attempt: attempt! }
  }

  test('410 disables the endpoint at once and sets its other jobs aside', async ({ assert }) => {
    const receiver = await startReceiver((_, response) => response.writeHead(410).end())
    const endpoint = await storeEndpoint(receiver.url, { concurrency: 1 })
    await Promise.all(Array.from({ length: 20 }, () => storeLaunch()))

    startSender()
    await allJobsDone()
    await until(async () => {
      await endpoint.refresh()
      return endpoint.state === 'disabled'
    })

    assert.lengthOf(receiver.deliveries, 1)
    assert.lengthOf(await jobs({ status: 'failed' }), 1)
    assert.lengthOf(await jobs({ status: 'skipped' }), 19)
    assert.equal(endpoint.reason, 'gone')
  })

  test('a redirect is a failure with its own words, and is not followed', async ({ assert }) => {
    const elsewhere = await startReceiver()
    const receiver = await startReceiver((_, response) => {
      response.writeHead(308, { location: elsewhere.url }).end()
    })

    const { attempt } = await tryOnce(receiver.url)

    assert.containsSubset(attempt, { reason: 'redirect', http_status: 308 })
    assert.include(attempt.detail, elsewhere.url)
    assert.lengthOf(elsewhere.deliveries, 0)
  })

  test('a redirect to {$self} is not followed')
    .with(['http://127.0.0.1/', 'http://169.254.169.254/latest/meta-data/', '/hooks'])
    .run(async ({ assert }, location) => {
      const receiver = await startReceiver((_, response) => {
        response.writeHead(302, { location }).end()
      })

      const { attempt } = await tryOnce(receiver.url)

      assert.equal(attempt.reason, 'redirect')
      assert.lengthOf(receiver.deliveries, 1)
    })

  test('Retry-After is honoured when it asks for more than the schedule', async ({ assert }) => {
    const receiver = await startReceiver((_, response) => {
      response.writeHead(429, { 'retry-after': '3600' }).end()
    })
    await storeEndpoint(receiver.url)
    await storeLaunch()

    startSender()
    await until(async () => {
      const waiting = await jobs({ status: 'pending', attempts: 1 })
      return waiting.length === 1
    })

    const [job] = await jobs()
    const [attempt] = await attempts()
    assert.isAtLeast(Number(job!.next_attempt_at) - Number(attempt!.started_at), 3_600_000)
  })

  test('no answer in time is a timeout', async ({ assert }) => {
    const receiver = await startReceiver(() => {})

    const { attempt } = await tryOnce(receiver.url, { timeoutMs: 100 })

    assert.containsSubset(attempt, { reason: 'timeout', http_status: null })
  })

  test('a connection cut before the answer is a reset', async ({ assert }) => {
    const receiver = await startReceiver((_, response) => response.socket!.resetAndDestroy())

    const { attempt } = await tryOnce(receiver.url)
    assert.equal(attempt.reason, 'reset')
  })

  test('an answer that never ends is cut after what is kept, and its status counts', async ({
    assert,
  }) => {
    const receiver = await startReceiver((_, response) => {
      response.writeHead(200)
      const pour = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      }
      response.on('drain', pour)
      pour()
    })

    const { attempt } = await tryOnce(receiver.url)

    assert.containsSubset(attempt, { outcome: 'accepted', http_status: 200 })
    assert.lengthOf(attempt.response_head, 4096)
  })

  test('a body that drips does not hold the lane longer than the timeout', async ({ assert }) => {
    const receiver = await startReceiver((_, response) => response.writeHead(200).write('a'))

    const { attempt } = await tryOnce(receiver.url, { timeoutMs: 150 })

    assert.containsSubset(attempt, { outcome: 'accepted', response_head: 'a' })
  })

  test('a port where no server listens is no connection', async ({ assert }) => {
    const receiver = await startReceiver()
    await receiver.stop()

    const { attempt } = await tryOnce(receiver.url)
    assert.equal(attempt.reason, 'connect')
  })

  test('a name that does not exist is a DNS failure', async ({ assert }) => {
    const { attempt } = await tryOnce('http://nobody.invalid/hooks')
    assert.equal(attempt.reason, 'dns')
  })

  test('https to a server that speaks something else is a TLS failure', async ({ assert }) => {
    const receiver = await startReceiver()

    const { attempt } = await tryOnce(receiver.url.replace('http:', 'https:'))
    assert.equal(attempt.reason, 'tls')
  })

  test('a certificate of no trusted authority is a TLS failure', async ({ assert, cleanup }) => {
    const [key, cert] = await Promise.all(
      ['key.pem', 'certificate.pem'].map((name) =>
        readFile(new URL(`../../fixtures/self_signed/${name}`, import.meta.url))
      )
    )
    const server = createTlsServer({ key, cert }, () => assert.fail('a request came through'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    cleanup(() => void server.close())
    const { port } = server.address() as AddressInfo

    const { attempt } = await tryOnce(`https://127.0.0.1:${port}/`)
    assert.equal(attempt.reason, 'tls')
  })

  test('an answer that is not HTTP is a protocol failure', async ({ assert, cleanup }) => {
    const server = createServer((socket) => socket.once('data', () => socket.end('SSH-2.0-x\r\n')))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    cleanup(() => void server.close())
    const { port } = server.address() as AddressInfo

    const { attempt } = await tryOnce(`http://127.0.0.1:${port}/`)
    assert.equal(attempt.reason, 'protocol')
  })

  test('a private address is refused before a connection is made: {$self}')
    .with(['127.0.0.1', 'localhost', '0x7f.1', '[::ffff:127.0.0.1]'])
    .run(async ({ assert }, host) => {
      const receiver = await startReceiver()
      const url = receiver.url.replace('127.0.0.1', host)

      const { attempt } = await tryOnce(url, {}, { allowedNetworks: ['10.0.0.0/8'] })

      assert.equal(attempt.reason, 'blocked')
      assert.lengthOf(receiver.deliveries, 0)
    })

  test('an endpoint whose secret cannot be used says so on every try', async ({ assert }) => {
    const receiver = await startReceiver()

    const { attempt } = await tryOnce(receiver.url, {
      secrets: [{ value: 'whsec_short', expiresAt: null }],
    })
    assert.equal(attempt.reason, 'internal')
    assert.match(attempt.detail, /24 to 64 bytes/)
  })
})
