import { test } from '@japa/runner'
import type { TestContext } from '@japa/runner/core'
import { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { BlockTime } from '#foundation/rpc/block_time'
import { RpcServer } from '#tests/support/chain/rpc_server'
import { TestChain } from '#tests/support/chain/test_chain'
import { SettableClock } from '#tests/support/settable_clock'

const MINUTE_MS = 60_000

async function start(ctx: TestContext) {
  const chain = new TestChain(3)
  chain.density = 0
  chain.mine(650)
  const server = await RpcServer.start(chain)
  ctx.cleanup(() => server.close())
  const clock = new SettableClock()
  const blockTime = new BlockTime(new EndpointPool([server.url], 56, clock), clock)
  return { chain, server, clock, blockTime }
}

test.group("The chain's time between two blocks", () => {
  test('a halt of the chain does not count', async (ctx) => {
    const { chain, blockTime } = await start(ctx)
    for (const block of chain.blocks.slice(550)) block.timestamp += 1_200
    ctx.assert.closeTo(await blockTime.current(), 450, 5)
  })

  test('it is a minute at most, also where headers name milliseconds', async (ctx) => {
    const { chain, blockTime } = await start(ctx)
    for (const block of chain.blocks) block.timestamp *= 1000
    ctx.assert.equal(await blockTime.current(), MINUTE_MS)
  })

  test('it is measured anew from time to time, since forks change it', async (ctx) => {
    const { chain, clock, server, blockTime } = await start(ctx)
    ctx.assert.closeTo(await blockTime.current(), 450, 5)
    const asked = server.calls.length

    for (const block of chain.blocks) block.timestamp += block.number * 0.55
    clock.pass(9 * MINUTE_MS)
    ctx.assert.closeTo(await blockTime.current(), 450, 5)
    ctx.assert.lengthOf(server.calls, asked)
    clock.pass(MINUTE_MS)
    server.fault = () => ({ status: 503, body: '' })
    ctx.assert.closeTo(await blockTime.current(), 450, 5)

    server.fault = () => undefined
    clock.pass(10 * MINUTE_MS)
    for (const block of chain.blocks) block.timestamp = Math.round(block.timestamp)
    ctx.assert.closeTo(await blockTime.current(), 1_000, 10)
  })
})
