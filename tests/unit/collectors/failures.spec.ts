import { inspect } from 'node:util'
import { test } from '@japa/runner'
import { systemClock } from '#foundation/clock'
import { Endpoint } from '#foundation/rpc/endpoint'
import { EndpointHealth } from '#foundation/rpc/endpoint_health'
import { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { RpcFailure, type FailureKind } from '#foundation/rpc/rpc_failure'
import { readLogsOfRange } from '#collectors/evm/get_logs'
import { RpcServer, type FaultyAnswer } from '#tests/support/chain/rpc_server'
import { TestChain } from '#tests/support/chain/test_chain'

const error = (code: number, message: string): FaultyAnswer => ({
  reply: { error: { code, message } },
})

/** What providers answer, word for word (2026), and what it means. */
const ANSWERS: [FaultyAnswer, FailureKind, number?][] = [
  [error(-32000, 'exceed maximum block range: 5000'), 'range', 5000],
  [error(-32701, 'exceed maximum block range: 50000'), 'range', 50000],
  [error(35, 'ranges over 10000 blocks are not supported on free plan'), 'range', 10000],
  [error(-32602, 'eth_getLogs requests with up to a 2K block range'), 'range', 2000],
  [error(-32602, 'you can make requests with up to a 10 block range'), 'range', 10],
  [error(-32005, 'query returned more than 10000 results'), 'range'],
  [error(-32002, 'request timed out'), 'range'],
  [error(-32003, 'response too large'), 'range'],
  [{ status: 200, body: '[]'.padEnd(11_000_000) }, 'range'],
  [error(-32005, 'limit exceeded'), 'range'],
  [error(-32005, 'project ID request rate exceeded'), 'rate'],
  [error(-32005, 'You have exceeded the RPS limit available on the current plan'), 'rate'],
  [error(429, 'exceeded its compute units per second capacity'), 'rate'],
  [error(-32005, 'Your plan: Free. Daily usage limit used up'), 'rate'],
  [error(-32005, 'some words that are new'), 'rate'],
  [error(4444, 'pruned history unavailable'), 'pruned'],
  [error(-32000, 'missing trie node 0xabc (path )'), 'pruned'],
  [error(-32000, 'required historical state unavailable'), 'pruned'],
  [error(-32000, "state histories haven't been fully indexed yet"), 'pruned'],
  [
    error(-32000, 'missing trie node 0xab (path ) state 0xcd is not available, not found'),
    'pruned',
  ],
  [error(-32000, 'state at block #100 is pruned'), 'pruned'],
  [error(-32000, 'old data not available due to pruning'), 'pruned'],
  [error(-32002, 'No state available for block 100'), 'pruned'],
  [error(-32603, 'Nethermind.Trie.MissingTrieNodeException: Node A'), 'pruned'],
  [error(-32000, 'World state unavailable'), 'pruned'],
  [error(-32000, 'This request is not supported: run with --pruning=archive'), 'pruned'],
  [error(-32000, 'project does not have access to archive state'), 'pruned'],
  [error(-32005, 'Archive requests are not part of your plan, over its limit'), 'pruned'],
  [{ status: 403, body: 'Archive, Debug and Trace requests need another plan' }, 'pruned'],
  [error(-32005, 'too many requests to this archive node'), 'rate'],
  [error(-32000, 'header not found'), 'lagging'],
  [error(-32000, 'finalized header not found'), 'lagging'],
  [error(-32000, 'unknown block'), 'lagging'],
  [error(-32000, 'invalid block range params'), 'lagging'],
  [error(-32000, 'exceed max addresses or topics per search position'), 'permanent'],
  [error(-32601, 'the method eth_getLogs does not exist'), 'permanent'],
  [{ status: 401, body: 'invalid key' }, 'permanent'],
  [{ status: 429, body: 'Too Many Requests' }, 'rate'],
  [{ status: 403, body: '<html>Attention Required! | Cloudflare</html>' }, 'rate'],
  [{ status: 503, body: '<html>no healthy upstream</html>' }, 'transient'],
  [{ status: 200, body: 'not json' }, 'transient'],
  [{ reply: { result: null } }, 'malformed'],
  ['truncate', 'transient'],
  ['reset', 'transient'],
]

const FILTER = { address: [], topics: [[]] as [string[]] }

test.group('What a failed call means', () => {
  async function serve() {
    const chain = new TestChain(1)
    const server = await RpcServer.start(chain)
    return { server, endpoint: new Endpoint(server.url) }
  }

  async function failureOf(call: Promise<unknown>): Promise<RpcFailure> {
    try {
      await call
    } catch (failure) {
      return failure as RpcFailure
    }
    throw new Error('the call did not fail')
  }

  for (const [answer, kind, span] of ANSWERS) {
    test(`${JSON.stringify(answer).slice(0, 100)} is ${kind}`, async ({ assert, cleanup }) => {
      const { server, endpoint } = await serve()
      cleanup(() => server.close())
      server.fault = () => answer

      const failure = await failureOf(readLogsOfRange(endpoint, 1, 100, FILTER))

      assert.instanceOf(failure, RpcFailure)
      assert.equal(failure.kind, kind)
      assert.equal(failure.suggestedSpan, span)
    })
  }

  test('"limit exceeded" for a single block says that the endpoint serves no logs', async ({
    assert,
    cleanup,
  }) => {
    const { server, endpoint } = await serve()
    cleanup(() => server.close())
    server.fault = () => error(-32005, 'limit exceeded')

    const failure = await failureOf(readLogsOfRange(endpoint, 7, 7, FILTER))

    assert.equal(failure.kind, 'no_logs')
  })

  for (const url of [
    'http://user:hunter2@127.0.0.1:1/hunter2',
    'http://a%zz:hunter2@127.0.0.1:1',
  ]) {
    test(`no URL with its key is in a failure, nor in its cause: ${url}`, async ({ assert }) => {
      const failure = await failureOf(new Endpoint(url, 5000).call('eth_chainId'))

      assert.include(failure.message, '127.0.0.1:1')
      assert.notInclude(inspect(failure, { depth: 10 }), 'hunter2')
    })
  }

  test('what cannot be connected to says why', async ({ assert }) => {
    const { server } = await serve()
    const { url, pushUrl } = server
    await server.close()

    const overHttp = await failureOf(new Endpoint(`${url}/hunter2`, 5000).call('eth_chainId'))
    assert.match(overHttp.message, /127\.0\.0\.1:\d+: fetch failed \(ECONNREFUSED: .*\)/)
    const pushing = await failureOf(new Endpoint(`${pushUrl}/hunter2`, 5000).call('eth_chainId'))
    assert.match(pushing.message, /127\.0\.0\.1:\d+: the WebSocket could not be opened/)
    assert.notInclude(`${overHttp.message} ${pushing.message}`, 'hunter2')
  })

  test('an answer that drips is cut at the end of the call', async ({ assert, cleanup }) => {
    const { server } = await serve()
    cleanup(() => server.close())
    server.fault = () => 'drip'

    const cut = () => failureOf(new Endpoint(server.url, 50).call('eth_chainId'))
    let failure = await cut()
    // On a busy machine a call may be over before it has arrived.
    while (server.calls.length === 0) failure = await cut()

    assert.equal(failure.kind, 'timeout')
    assert.include(failure.message, 'did not answer within 0.05 s')
    await server.dripEnded()
  })

  test('Retry-After is understood in seconds', async ({ assert, cleanup }) => {
    const { server, endpoint } = await serve()
    cleanup(() => server.close())
    server.fault = () => ({ status: 429, body: '', headers: { 'retry-after': '7' } })

    const failure = await failureOf(readLogsOfRange(endpoint, 1, 2, FILTER))

    assert.equal(failure.retryAfterMs, 7000)
  })
})

test.group('How an endpoint is treated', () => {
  test('failures in a row pause it for longer and longer, an answer ends that', ({ assert }) => {
    const health = new EndpointHealth()
    const pauses = [1, 2, 3].map(() => {
      health.failed(new RpcFailure('rate', '429'), 0)
      return health.pausedUntil
    })
    assert.deepEqual(pauses, [250, 500, 1000])

    health.succeeded(10)
    health.failed(new RpcFailure('rate', '429', { retryAfterMs: 5000 }), 0)
    assert.equal(health.pausedUntil, 5000)
  })

  test('a span that was too wide halves, grows again with success, and never past a stated limit', ({
    assert,
  }) => {
    const health = new EndpointHealth()

    health.spanWasTooWide(2000)
    assert.equal(health.span, 1000)
    health.spanWorked(1000)
    assert.equal(health.span, 1100)
    health.spanWasTooWide(4000)
    assert.equal(health.span, 1100)

    health.spanWasTooWide(1100, 500)
    assert.equal(health.span, 500)
    health.spanWorked(500)
    assert.equal(health.span, 500)
  })

  test('the most hopeful failure counts when all endpoints fail', async ({ assert, cleanup }) => {
    const chain = new TestChain(1)
    const servers = await Promise.all([RpcServer.start(chain), RpcServer.start(chain)])
    cleanup(async () => {
      await Promise.all(servers.map((server) => server.close()))
    })
    const [gone, busy] = servers
    gone!.fault = ({ method }) =>
      method === 'eth_getLogs' ? error(4444, 'pruned history unavailable') : undefined
    busy!.fault = ({ method }) =>
      method === 'eth_getLogs' ? { status: 503, body: 'busy' } : undefined
    const pool = new EndpointPool([gone!.url, busy!.url], 56, systemClock)

    await assert.rejects(
      () => pool.ask((endpoint) => readLogsOfRange(endpoint, 1, 2, FILTER)),
      /busy|503/
    )
  })
})
