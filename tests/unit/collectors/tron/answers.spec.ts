import { test } from '@japa/runner'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import { readBlocks, readHeader } from '#collectors/tron/node_answers'
import { TronNode } from '#collectors/tron/tron_node'
import { SettableClock } from '#tests/support/settable_clock'

const QUOTA = 'The key exceeds the frequency limit(15), and the query server is suspended for 30s'

test.group('Answers of TRON nodes that are none', () => {
  const refused = async (body: string, status = 200) => {
    const fetch = async () => new Response(body, { status })
    const node = new TronNode('https://node.test/secret-path-1', {
      clock: new SettableClock(),
      fetch,
    })
    try {
      await readHeader(node, 5)
    } catch (error) {
      if (error instanceof RpcFailure) return error
      throw error
    }
    return null
  }

  test('each way to refuse is told apart', async ({ assert }) => {
    const cases: [string, number, string][] = [
      [
        '{"Error":"class java.lang.IllegalAccessException : lack of computing resources"}',
        200,
        'rate',
      ],
      [`{"success":false,"error":"${QUOTA}","statusCode":403}`, 403, 'rate'],
      ['Forbidden', 403, 'rate'],
      ['{"Error":"ApiKey not exists"}', 401, 'permanent'],
      ['this API is closed because this node is a lite fullnode', 200, 'pruned'],
      ['<html><h1>502 Bad Gateway</h1></html>', 502, 'transient'],
      ['{"blockID":"00', 200, 'transient'],
      ['<h1>404</h1>', 404, 'permanent'],
      ['{}', 200, 'lagging'],
      ['[]', 200, 'malformed'],
      ['{"blockID":"aa","block_header":{}}', 200, 'malformed'],
    ]
    for (const [body, status, kind] of cases) {
      const failure = await refused(body, status)
      assert.equal(failure?.kind, kind, body)
      assert.notInclude(failure!.message, 'secret-path-1')
    }
    const suspended = await refused(`{"Error":"${QUOTA}"}`, 403)
    assert.equal(suspended?.retryAfterMs, 30_000)
  })

  test('a range that a node does not know is no block, and a bad range is no list', async ({
    assert,
  }) => {
    const told = (body: string) => {
      const fetch = async () => new Response(body)
      const node = new TronNode('http://node.test', { clock: new SettableClock(), fetch })
      return readBlocks(node, 1, 100)
    }
    assert.isEmpty(await told('{"block":[]}'))
    await assert.rejects(() => told('[]'), RpcFailure)
  })

  test('the next key is used where one is refused, and no other host is told a key', async ({
    assert,
  }) => {
    const sent: (string | null)[] = []
    const fetch: typeof globalThis.fetch = async (_, init) => {
      const key = new Headers(init?.headers).get('TRON-PRO-API-KEY')
      sent.push(key)
      return new Response(key === 'key-2' ? '{}' : `{"Error":"${QUOTA}"}`)
    }
    const ask = (url: string) => {
      const options = { clock: new SettableClock(), apiKeys: ['key-1', 'key-2'], fetch }
      return new TronNode(url, options).ask('getblock', {}, (answer) => answer)
    }
    assert.deepEqual(await ask('https://api.trongrid.io'), {})
    await assert.rejects(() => ask('https://trongrid.io.example.com'), RpcFailure)
    await assert.rejects(() => ask('http://api.trongrid.io'), RpcFailure)
    assert.deepEqual(sent, ['key-1', 'key-2', null, null])
  })

  test('a connection that the node has ended while it was idle is no failure', async ({
    assert,
  }) => {
    const hungUp = Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' })
    const ask = (failures: number) => {
      const fetch = async () => {
        if (failures-- > 0) throw hungUp
        return new Response('{}')
      }
      const options = { clock: new SettableClock(), fetch }
      return new TronNode('http://node.test', options).ask('getblock', {}, (answer) => answer)
    }
    assert.deepEqual(await ask(1), {})
    await assert.rejects(() => ask(2), 'node.test: UND_ERR_SOCKET')
  })
})
