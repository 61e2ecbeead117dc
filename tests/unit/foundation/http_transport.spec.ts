import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { getActiveTest, test } from '@japa/runner'
import { Endpoint } from '#foundation/rpc/endpoint'
import { RpcFailure } from '#foundation/rpc/rpc_failure'

/** A node that answers every call like this, until the test ends; answers its port. */
async function answering(answer: RequestListener): Promise<number> {
  const server = createServer(answer).listen(0, '127.0.0.1')
  getActiveTest()!.cleanup(() => {
    server.closeAllConnections()
    server.close()
  })
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

const zipped = (result: unknown, mark = ''): RequestListener => {
  const body = gzipSync(`${mark}${JSON.stringify({ jsonrpc: '2.0', id: 1, result })}`)
  return (_, response) => response.writeHead(200, { 'content-encoding': 'GZIP' }).end(body)
}

test.group('A call over HTTP', () => {
  test('takes an answer that is zipped, with a byte order mark or without', async ({ assert }) => {
    for (const mark of ['', '\uFEFF']) {
      const port = await answering(zipped('区块', mark))
      assert.equal(await new Endpoint(`http://127.0.0.1:${port}`).call('eth_x'), '区块')
    }
  })

  test('takes an answer whose id is text or left out, and none to another request', async ({
    assert,
  }) => {
    const idOf = (id: unknown) => async () => {
      const port = await answering((_, response) =>
        response.end(JSON.stringify({ jsonrpc: '2.0', id, result: '0x38' }))
      )
      return new Endpoint(`http://127.0.0.1:${port}`).call('eth_chainId')
    }

    for (const id of [1, '1', null, undefined]) assert.equal(await idOf(id)(), '0x38')
    for (const id of [2, '2', {}]) await assert.rejects(idOf(id), /answered another request/)
  })

  test('is throttled by its status, whatever else the headers hold', async ({ assert }) => {
    const port = await answering((_, response) => {
      const headers = ['Server: 网关', 'Set-Cookie: a=1', 'Set-Cookie: b=2', 'Retry-After: 7']
      response.socket!.end(`HTTP/1.1 429 Slow\r\n${headers.join('\r\n')}\r\n\r\nslow down`)
    })
    const endpoint = new Endpoint(`http://127.0.0.1:${port}`)

    const failure: unknown = await endpoint.call('eth_x').catch((error) => error)

    assert.containsSubset(failure, { kind: 'rate', retryAfterMs: 7000 })
  })

  test('reads no more of an answer than 10 MB, zipped or not, and asks for less then', async ({
    assert,
  }) => {
    const result = 'x'.repeat(11_000_000)
    const plain: RequestListener = (_, response) => response.end(JSON.stringify({ result }))

    for (const answer of [zipped(result), plain]) {
      const endpoint = new Endpoint(`http://127.0.0.1:${await answering(answer)}`)
      const failure: unknown = await endpoint.call('eth_getLogs').catch((error) => error)
      assert.instanceOf(failure, RpcFailure)
      assert.propertyVal(failure, 'kind', 'range')
    }
  })

  test('tells a key that stands before the host in a header, and goes where it is sent on', async ({
    assert,
  }) => {
    const told: (string | undefined)[] = []
    const port = await answering((request, response) => {
      told.push(request.headers.authorization)
      if (request.url === '/') response.writeHead(308, { location: '/v2' }).end()
      else response.end(JSON.stringify({ jsonrpc: '2.0', id: 1, result: request.method }))
    })

    const endpoint = new Endpoint(`http://key:p%40ss@127.0.0.1:${port}`)

    assert.equal(await endpoint.call('eth_x'), 'POST')
    const header = `Basic ${Buffer.from('key:p@ss').toString('base64')}`
    assert.deepEqual(told, [header, header])
  })
})
