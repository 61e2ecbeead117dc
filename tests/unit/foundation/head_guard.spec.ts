import { test } from '@japa/runner'
import type { TestContext } from '@japa/runner/core'
import { toHeader, type BlockHeader } from '#foundation/rpc/block_header'
import { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { rawBlock } from '#tests/support/chain/answer_rpc'
import { RpcServer } from '#tests/support/chain/rpc_server'
import { TestChain } from '#tests/support/chain/test_chain'
import { SettableClock } from '#tests/support/settable_clock'

const HOUR_MS = 3_600_000

/** A guard that knows block 100, and an endpoint that has a header for every number. */
async function start(ctx: TestContext, clockMs?: number, isAlone = true) {
  const chain = new TestChain(2)
  chain.mine(100)
  const server = await RpcServer.start(chain)
  ctx.cleanup(() => server.close())
  const clock = new SettableClock(clockMs ?? chain.head.timestamp * 1000)
  const other = await RpcServer.start(chain)
  ctx.cleanup(() => other.close())
  const urls = isAlone ? [server.url] : [server.url, other.url]
  const { endpoints, heads: guard } = new EndpointPool(urls, 56, clock)
  const endpoint = endpoints[0]!

  const head = (number: number, time: number): BlockHeader => ({
    ...toHeader(rawBlock(chain.head))!,
    number,
    time,
  })
  const known = await guard.believe(endpoint, toHeader(rawBlock(chain.head))!)
  server.fault = ({ method, params }) =>
    method === 'eth_chainId'
      ? undefined
      : { reply: { result: { ...rawBlock(chain.head), number: String(params[0]) } } }
  const believes = (number: number, time: number) =>
    guard.believe(endpoint, head(number, time)).then(
      () => true,
      () => false
    )
  return { chain, clock, server, known, believes }
}

test.group('How far ahead a head may be', () => {
  test('a head may be ahead by three times the blocks that the measured time lets expect', async (ctx) => {
    const { clock, known, believes } = await start(ctx)
    clock.pass(60_000)
    ctx.assert.isFalse(await believes(100 + 470, known.time + 60_000))
    ctx.assert.isTrue(await believes(100 + 460, known.time + 60_000))
  })

  test('the clock alone lets a head be believed, so that blocks whose times stand still are read after a while', async (ctx) => {
    const { clock, known, believes } = await start(ctx)
    ctx.assert.isFalse(await believes(1_100, known.time))
    clock.pass(150_000)
    ctx.assert.isTrue(await believes(1_100, known.time))
  })

  test('a time in the future does not excuse a number, unless the chain has lived there before', async (ctx) => {
    const present = await start(ctx)
    ctx.assert.isFalse(await present.believes(30_000, present.known.time + HOUR_MS))

    const future = await start(ctx, 1_700_000_000_000)
    ctx.assert.isTrue(await future.believes(20_000, future.known.time + HOUR_MS))
  })

  test('a head is not believed that another endpoint, which goes on, has not got near', async (ctx) => {
    const { chain, clock, known, believes } = await start(ctx, undefined, false)
    clock.pass(60_000)
    chain.mine(133)
    ctx.assert.isFalse(await believes(400, known.time + 60_000))

    clock.pass(20_000)
    ctx.assert.isTrue(await believes(400, known.time + 60_000))
  })

  test('an endpoint does not creep ahead by steps that need no proof each', async (ctx) => {
    const { known, believes } = await start(ctx)

    ctx.assert.isTrue(await believes(160, known.time))
    ctx.assert.isFalse(await believes(220, known.time))
  })

  test('a head near the last one costs no call', async (ctx) => {
    const { server, known, believes } = await start(ctx)
    const asked = server.calls.length
    ctx.assert.isTrue(await believes(164, known.time))
    ctx.assert.isTrue(await believes(101, known.time))
    ctx.assert.equal(server.calls.length, asked)
  })
})
