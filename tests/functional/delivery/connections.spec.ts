import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { getActiveTest, test } from '@japa/runner'
import { AddressGuard } from '#foundation/net/address_guard'
import { Connections } from '#webhooks/sending/connections'
import { HttpSender } from '#webhooks/sending/http_sender'

/** A receiver that remembers every connection, and a way to post to it. */
async function startedReceiver(answer: RequestListener) {
  const server = createServer((request, response) => {
    request.resume().on('end', () => answer(request, response))
  })
  const sockets: Socket[] = []
  server.on('connection', (socket) => sockets.push(socket))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  const office = new HttpSender(['127.0.0.0/8'])
  getActiveTest()?.cleanup(async () => {
    await office.close()
    server.close()
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const post = (path: string, timeoutMs = 2000) =>
    office.post({ origin, path, headers: {}, body: Buffer.from('{}'), timeoutMs })
  return { office, origin, sockets, post }
}

async function closed(socket: Socket) {
  if (!socket.closed) {
    await once(socket, 'close')
  }
}

test.group('Connections to receivers', () => {
  test('each carries one request at a time, and is kept for the next', async ({ assert }) => {
    const { sockets, post } = await startedReceiver((_, response) => response.writeHead(204).end())

    await Promise.all(['/1', '/2', '/3'].map((path) => post(path)))
    assert.lengthOf(sockets, 3)
    for (const path of ['/4', '/5', '/6', '/7']) {
      await post(path)
    }
    assert.lengthOf(sockets, 3)
  })

  test('a request that is cut takes its connection with it', async ({ assert }) => {
    const { sockets, post } = await startedReceiver((request, response) => {
      if (request.url === '/hang') return
      response.writeHead(204).end()
    })

    await post('/')
    const cut = await post('/hang', 50)
    assert.propertyVal(cut, 'code', 'E_DEADLINE')
    await closed(sockets[0]!)
    assert.propertyVal(await post('/'), 'status', 204)
    assert.lengthOf(sockets, 2)
  })

  test('one with TLS is made with a certificate of a trusted authority, and is kept', async ({
    assert,
    cleanup,
  }) => {
    const [key, cert] = await Promise.all(
      ['key.pem', 'certificate.pem'].map((name) =>
        readFile(new URL(`../../fixtures/self_signed/${name}`, import.meta.url), 'utf8')
      )
    )
    const vouching = getCACertificates('default')
    setDefaultCACertificates([...vouching, cert!])
    const server = createTlsServer({ key, cert }, (request, response) => {
      request.resume().on('end', () => response.writeHead(204).end())
    })
    const sockets: Socket[] = []
    server.on('secureConnection', (socket) => sockets.push(socket))
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const office = new HttpSender(['127.0.0.0/8'])
    cleanup(async () => {
      setDefaultCACertificates(vouching)
      await office.close()
      server.close()
    })

    const origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
    const letter = { origin, path: '/', headers: {}, body: Buffer.from('{}'), timeoutMs: 2000 }
    assert.propertyVal(await office.post(letter), 'status', 204)
    assert.propertyVal(await office.post(letter), 'status', 204)
    assert.lengthOf(sockets, 1)
  })

  test('one that the receiver has closed is forgotten', async ({ assert, cleanup }) => {
    const { origin, sockets } = await startedReceiver((_, response) => response.end())
    const connections = new Connections(new AddressGuard(['127.0.0.0/8']))
    cleanup(() => connections.close())
    const connection = connections.take(origin)
    const { client } = connection
    const { body } = await client.request({ method: 'GET', path: '/' })
    await body.dump()
    connections.keep(origin, connection)
    assert.strictEqual(connections.take(origin), connection)

    connections.keep(origin, connection)
    sockets[0]!.destroy()
    await once(client, 'disconnect')
    assert.isTrue(client.destroyed)
    assert.notStrictEqual(connections.take(origin), connection)
  })

  test('none is left when the office is closed', async ({ assert }) => {
    const { office, sockets, post } = await startedReceiver((request, response) => {
      if (request.url !== '/hang') response.writeHead(204).end()
    })
    await post('/')
    const underWay = [post('/hang'), post('/hang')]
    await office.close()

    for (const result of await Promise.all(underWay)) {
      assert.instanceOf(result, Error)
    }
    await Promise.all(sockets.map(closed))
  })
})
