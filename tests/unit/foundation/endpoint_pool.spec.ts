import { test } from '@japa/runner'
import type { TestContext } from '@japa/runner/core'
import { WrongChainError } from '#foundation/rpc/check_chain'
import type { Endpoint } from '#foundation/rpc/endpoint'
import { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import { RpcServer } from '#tests/support/chain/rpc_server'
import { TestChain } from '#tests/support/chain/test_chain'
import { loggedLines } from '#tests/support/logged_lines'
import { SettableClock } from '#tests/support/settable_clock'

const MINUTE_MS = 60_000
const nameOf = async ({ name }: Endpoint) => name
const askHead = (endpoint: Endpoint) => endpoint.call('eth_blockNumber')

/** A pool of two endpoints that answer, and its clock, which only a test moves. */
async function start(ctx: TestContext, count = 2) {
  const chain = new TestChain(1)
  const servers = await Promise.all(Array.from({ length: count }, () => RpcServer.start(chain)))
  ctx.cleanup(async () => {
    await Promise.all(servers.map((server) => server.close()))
  })
  const clock = new SettableClock(Date.now())
  const urls = servers.map(({ url }) => url)
  return { clock, servers, pool: new EndpointPool(urls, 56, clock) }
}

test.group('The endpoints of a chain', () => {
  test('one that was caught is asked last for ten minutes, and is shown with the reason', async (ctx) => {
    const { clock, pool } = await start(ctx)
    const [first, second] = pool.endpoints
    const { lines, logger } = loggedLines()
    pool.logMarksTo(logger)

    pool.mark(first!, 'hides_logs', 'showed no logs of block 7')
    pool.mark(first!, 'hides_logs', 'showed no logs of block 8')

    ctx.assert.equal(await pool.ask(nameOf), second!.name)
    ctx.assert.containsSubset(pool.marks(), [{ endpoint: first!.name, reason: 'hides_logs' }])
    ctx.assert.deepEqual(lines, [
      `${first!.name} showed no logs of block 7: it is asked last for a while`,
    ])

    clock.pass(10 * MINUTE_MS)
    ctx.assert.isEmpty(pool.marks())
    ctx.assert.equal(await pool.ask(nameOf), first!.name)
  })

  test('a limit is shown and costs no turn', async (ctx) => {
    const { pool } = await start(ctx)
    const [first] = pool.endpoints
    pool.mark(first!, 'no_finalized', 'names no final block')
    ctx.assert.equal(await pool.ask(nameOf), first!.name)
    ctx.assert.lengthOf(pool.marks(), 1)
  })

  test('a second opinion comes from another endpoint than the one that has answered', async (ctx) => {
    const { pool } = await start(ctx)
    const [first, second] = pool.endpoints
    ctx.assert.equal(await pool.others(first!)!.ask(nameOf), second!.name)
    ctx.assert.isNull(pool.only([first!]).others(first!))
  })

  test('one of another chain costs its turn, beside one of the right chain', async (ctx) => {
    const { pool, servers } = await start(ctx)
    servers[0]!.chainId = 97
    ctx.assert.equal(await pool.ask(nameOf), pool.endpoints[1]!.name)
    ctx.assert.deepEqual(
      pool.marks().map(({ reason }) => reason),
      ['foreign_chain']
    )
  })

  test('one that turns to another chain after a failure answers nothing more, and ends nothing', async (ctx) => {
    const { pool, servers } = await start(ctx, 1)
    await pool.ask(askHead)
    const failed = () => pool.ask(askHead).catch((error: RpcFailure) => error)

    servers[0]!.fault = () => ({ status: 503, body: '' })
    await failed()
    servers[0]!.fault = () => undefined
    servers[0]!.chainId = 97
    const foreign = await failed()
    ctx.assert.instanceOf(foreign, RpcFailure)
    ctx.assert.propertyVal(foreign, 'kind', 'foreign')

    servers[0]!.chainId = 56
    await pool.ask(askHead)
    ctx.assert.isEmpty(pool.marks())
  })

  test('where all are of another chain from the start, the settings are wrong', async (ctx) => {
    const { pool, servers } = await start(ctx)
    servers.forEach((server) => (server.chainId = 97))
    await ctx.assert.rejects(() => pool.ask(askHead), WrongChainError)
  })

  test('the only endpoint is left alone as long as it asks for', async (ctx) => {
    const { clock, pool, servers } = await start(ctx, 1)
    await pool.ask(askHead)
    servers[0]!.fault = () => ({ status: 429, body: '', headers: { 'retry-after': '30' } })
    await ctx.assert.rejects(() => pool.ask(askHead))
    const asked = servers[0]!.calls.length

    clock.pass(29_000)
    const failure = await pool.ask(askHead).catch((error) => error)
    ctx.assert.containsSubset(failure, { kind: 'rate', retryAfterMs: 1_000 })
    ctx.assert.lengthOf(servers[0]!.calls, asked)

    servers[0]!.fault = () => undefined
    clock.pass(1_000)
    ctx.assert.equal(await pool.ask(askHead), '0x0')
  })

  test('a connection that is made anew tells its chain anew', async (ctx) => {
    const { servers } = await start(ctx, 1)
    const pool = new EndpointPool([servers[0]!.pushUrl], 56, new SettableClock())
    ctx.cleanup(() => pool.close())
    await pool.ask(askHead)

    pool.endpoints[0]!.close()
    servers[0]!.chainId = 97
    await ctx.assert.rejects(() => pool.ask(askHead), /of chain 97/)
  })
})
