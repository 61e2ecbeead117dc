import type { Socket } from 'node:net'
import { test } from '@japa/runner'
import { emptyDatabase } from '#tests/support/database'
import { allJobsDone, attempts, startSender, storeEndpoint, until } from '#tests/support/delivery'
import { storeLaunch } from '#tests/support/facts'
import { startRawReceiver } from '#tests/support/raw_receiver'

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'
const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n'

/** Writes texts one after the other, each in a packet of its own. */
function write(socket: Socket, [text, ...others]: string[]) {
  if (text !== undefined) {
    socket.write(text, () => setImmediate(() => write(socket, others)))
  }
}

async function haveBeenMade(count: number) {
  const made = await attempts()
  return made.length === count
}

test.group('Answers, byte by byte', (group) => {
  group.each.setup(() => emptyDatabase())
  group.tap((each) => each.tags(['@sqlite']))

  test('count after interim answers that were not asked for: {name}')
    .with([
      { name: 'one 100', answer: [CONTINUE, OK] },
      { name: 'three 100 and the answer at once', answer: [CONTINUE.repeat(3) + OK] },
      {
        name: 'a 100 with headers, in pieces',
        answer: ['HTT', 'P/1.1 100 C\r\nVia: x\r', '\n\r\nHT', OK.slice(2)],
      },
      {
        name: 'a 102, a 100 and a 103',
        answer: [
          'HTTP/1.1 102 Processing\r\n\r\n',
          CONTINUE,
          'HTTP/1.1 103 Early Hints\r\n\r\n',
          OK,
        ],
      },
    ])
    .run(async ({ assert }, { answer }) => {
      const receiver = await startRawReceiver((socket) => write(socket, answer))
      await storeEndpoint(receiver.url, { concurrency: 1 })
      await storeLaunch()
      await storeLaunch()

      startSender()
      await allJobsDone()

      assert.lengthOf(receiver.requests, 2)
      for (const attempt of await attempts()) {
        assert.containsSubset(attempt, {
          outcome: 'accepted',
          http_status: 200,
          response_head: 'ok',
        })
      }
    })

  test('that never come because the receiver closed the kept connection are asked for once more, as one attempt', async ({
    assert,
  }) => {
    const receiver = await startRawReceiver((socket, count) =>
      count === 2 ? socket.destroy() : socket.write(OK)
    )
    await storeEndpoint(receiver.url, { concurrency: 1 })
    await storeLaunch()
    startSender()
    await until(() => haveBeenMade(1))
    await storeLaunch()
    await until(() => haveBeenMade(2))

    const made = await attempts()
    assert.deepEqual(
      made.map(({ outcome, attempt }) => ({ outcome, attempt })),
      Array(2).fill({ outcome: 'accepted', attempt: 1 })
    )
    assert.lengthOf(receiver.requests, 3)
  })

  test('that do not belong to the request are protocol failures: {name}')
    .with([
      {
        name: '101',
        answer: 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n',
      },
      { name: 'a status below 100', answer: 'HTTP/1.1 099 Low\r\n\r\n' },
    ])
    .run(async ({ assert }, { answer }) => {
      const receiver = await startRawReceiver((socket) => socket.write(answer))
      await storeEndpoint(receiver.url, { retrySchedule: [] })
      await storeLaunch()
      startSender()
      await allJobsDone()

      const [attempt] = await attempts()
      assert.equal(attempt!.reason, 'protocol')
    })

  test('that end before the handshake is over are TLS failures, told without what only OpenSSL understands', async ({
    assert,
  }) => {
    const plain = await startRawReceiver(() => {})
    const deaf = await startRawReceiver(() => {})
    deaf.sockets.add = (socket: Socket) => {
      socket.once('data', () => socket.resetAndDestroy())
      return deaf.sockets
    }
    for (const { url } of [plain, deaf]) {
      await storeEndpoint(url.replace('http:', 'https:'), { retrySchedule: [], timeoutMs: 300 })
    }
    await storeLaunch()
    startSender()
    await allJobsDone()

    const made = await attempts()
    assert.deepEqual(
      made.map(({ reason }) => reason),
      ['tls', 'tls']
    )
    for (const { detail } of made) assert.notMatch(detail, /error:|SSL routines|node/i)
  })
})
