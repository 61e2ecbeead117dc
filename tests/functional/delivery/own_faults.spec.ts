import net from 'node:net'
import { syncBuiltinESMExports } from 'node:module'
import { Worker } from 'node:worker_threads'
import { getActiveTest, test } from '@japa/runner'
import { HttpSender } from '#webhooks/sending/http_sender'
import { hostNames, LookupError } from '#foundation/net/host_names'
import { emptyDatabase } from '#tests/support/database'
import { allJobsDone, attempts, jobs, startSender, storeEndpoint } from '#tests/support/delivery'
import { storeLaunch } from '#tests/support/facts'
import { loggedLines } from '#tests/support/logged_lines'
import { startReceiver } from '#tests/support/receiver'

/** Lets the next `count` sockets of this process fail before they connect. */
function failToOpen(count: number, code: string) {
  const { connect } = net
  const restore = () => {
    net.connect = connect
    syncBuiltinESMExports()
  }
  getActiveTest()?.cleanup(restore)
  let left = count
  net.connect = ((...parameters: Parameters<typeof connect>) => {
    if (left-- <= 0) return connect(...parameters)
    return new net.Socket().destroy(Object.assign(new Error(`connect ${code}`), { code }))
  }) as typeof connect
  syncBuiltinESMExports()
}

test.group('A fault of our own', (group) => {
  group.each.setup(() => emptyDatabase())
  group.tap((each) => each.tags(['@sqlite']))

  test('counts as no attempt, is told once, and what was to be sent goes again: {$self}')
    .with(['EMFILE', 'EADDRNOTAVAIL'])
    .run(async ({ assert }, code) => {
      const receiver = await startReceiver()
      await storeEndpoint(receiver.url, { retrySchedule: [] })
      for (let event = 0; event < 6; event++) await storeLaunch()
      const { logger, lines } = loggedLines()

      failToOpen(4, code)
      startSender({}, { log: logger })
      await allJobsDone()

      assert.lengthOf(await jobs({ status: 'sent', attempts: 1 }), 6)
      const made = await attempts()
      assert.deepEqual(
        made.map(({ outcome }) => outcome),
        Array(6).fill('accepted')
      )
      const told = lines.filter((line) => line.includes('counts as no attempt'))
      assert.lengthOf(told, 1)
    })

  test('is a process that stood still: what has come meanwhile is read, and no deadline cuts it', async ({
    assert,
    cleanup,
  }) => {
    const answered = new Int32Array(new SharedArrayBuffer(4))
    const receiver = new Worker(ANSWERS_AT_ONCE, { eval: true, workerData: answered })
    cleanup(async () => void (await receiver.terminate()))
    const port = await new Promise<number>((resolve) => receiver.once('message', resolve))
    const sender = new HttpSender(['127.0.0.0/8'])
    cleanup(() => sender.close())
    const origin = `http://127.0.0.1:${port}`
    const request = { origin, path: '/', headers: {}, body: Buffer.from('{}'), timeoutMs: 400 }
    await sender.post(request)

    const result = sender.post(request)
    // The request is on its way before this thread stands still.
    await new Promise((resolve) => setImmediate(resolve))
    Atomics.wait(answered, 0, 1)
    const endsAt = performance.now() + 800
    while (performance.now() < endsAt);

    assert.propertyVal(await result, 'status', 204)
  })

  test('is not a name whose servers are silent: that is told as such, and delays no other endpoint', async ({
    assert,
    cleanup,
  }) => {
    const { addressesOf } = hostNames
    cleanup(() => void (hostNames.addressesOf = addressesOf))
    hostNames.addressesOf = async (name) => {
      if (name.startsWith('healthy')) return ['127.0.0.1']
      throw new LookupError(`${name}: the name servers did not answer`, true)
    }
    const receiver = await startReceiver()
    const healthy = await storeEndpoint(receiver.url.replace('127.0.0.1', 'healthy.example'))
    for (let endpoint = 0; endpoint < 3; endpoint++) {
      await storeEndpoint(`http://silent${endpoint}.example/`, { retrySchedule: [] })
    }
    await storeLaunch()
    startSender()
    await allJobsDone()

    const made = await attempts()
    const outcomes = made.map((one) => [Number(one.target_id) === healthy.id, one.reason])
    assert.sameDeepMembers(outcomes, [[true, null], ...Array(3).fill([false, 'dns'])])
  })
})

/** In a thread of its own; the first number tells how many requests it has answered. */
const ANSWERS_AT_ONCE = `
  const { parentPort, workerData: answered } = require('node:worker_threads')
  const server = require('node:http').createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(204).end(() => {
        Atomics.add(answered, 0, 1)
        Atomics.notify(answered, 0)
      })
    })
  })
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port))
`
