import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { test } from '@japa/runner'
import { GracefulServer } from '#http/server/graceful_server'

const WHOLE = 'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\n\r\nhi'

/** A server that answers when it is told to. */
async function listen() {
  const asked: ServerResponse[] = []
  const server = new GracefulServer(
    (request, response) => {
      asked.push(response)
      request.resume()
    },
    { tellingMs: 100, arrivingMs: 100 }
  )
  server.listen(0)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { server, asked, port }
}

test.group('Graceful server', () => {
  test('what is asked while it stops is answered, and told that the connection ends', async ({
    assert,
  }) => {
    const { server, asked, port } = await listen()
    const [before, during] = [connect(port), connect(port)]
    await Promise.all([once(before, 'connect'), once(during, 'connect')])
    before.write(WHOLE)
    await once(server, 'request')

    const closed = once(server, 'close')
    server.close()
    during.write(WHOLE)
    await once(server, 'request')
    for (const response of asked) response.end('done')

    for (const socket of [before, during]) {
      assert.match(await text(socket), /^HTTP\/1\.1 200 OK\r\n[^]*Connection: close\r\n[^]*done/)
    }
    await closed
  })

  test('a request that does not arrive whole, and a silent connection, hold it no longer', async ({
    assert,
  }) => {
    const { server, port } = await listen()
    const [half, silent] = [connect(port), connect(port)]
    half.on('error', () => {})
    half.write(WHOLE.slice(0, -1))
    await Promise.all([once(server, 'request'), once(silent, 'connect')])

    server.close()
    await once(server, 'close')

    assert.isFalse(server.listening)
  })
})
