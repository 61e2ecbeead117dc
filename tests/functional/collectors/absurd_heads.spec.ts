import { test } from '@japa/runner'
import type { TestContext } from '@japa/runner/core'
import { systemClock } from '#foundation/clock'
import { EndpointPool } from '#foundation/rpc/endpoint_pool'
import ScanCursor from '#models/scan_cursor'
import { finalizedRange } from '#collectors/evm/backfill_request'
import { readRange } from '#collectors/evm/read_range'
import { logFilterFor } from '#collectors/evm/get_logs'
import { sources } from '#sources/venues'
import { rawBlock } from '#tests/support/chain/answer_rpc'
import { RpcServer } from '#tests/support/chain/rpc_server'
import { placesOf, storedPlaces } from '#tests/support/chain/stored_logs'
import { TestChain } from '#tests/support/chain/test_chain'
import { emptyDatabase } from '#tests/support/database'
import { loggedLines } from '#tests/support/logged_lines'
import { readOnce, readToTheEnd, scannerOf } from '#tests/support/scanner'

const ABSURD = '0x1e8480'

async function serve(ctx: TestContext, blocks: number) {
  const chain = new TestChain(4)
  chain.mine(blocks)
  const server = await RpcServer.start(chain)
  ctx.test.cleanup(() => server.close())
  return { chain, server }
}

/** Gives this number to the next block that is asked for by this tag. */
function lieOnce(
  server: RpcServer,
  chain: TestChain,
  tag: 'latest' | 'finalized',
  number = ABSURD
) {
  server.fault = ({ method, params }) => {
    if (method !== 'eth_getBlockByNumber' || params[0] !== tag) return undefined
    server.fault = () => undefined
    return { reply: { result: { ...rawBlock(chain[tag === 'latest' ? 'head' : tag]), number } } }
  }
}

test.group('A head that cannot be', (group) => {
  group.tap((one) => one.tags(['@sqlite']))
  group.each.setup(() => emptyDatabase())

  for (const confirm of ['finalized', 'latest'] as const) {
    test(`an absurd ${confirm} head moves nothing, and the log names its endpoint`, async (ctx) => {
      const { chain, server } = await serve(ctx, 100)
      const { logger, lines } = loggedLines()
      const scanner = scannerOf([server.url], { confirm, logger })
      await scanner.once()
      const before = await ScanCursor.findOrFail('chain:56')

      chain.mine(20)
      lieOnce(server, chain, confirm)
      ctx.assert.isFalse(await readOnce(scanner))
      const after = await ScanCursor.findOrFail('chain:56')
      ctx.assert.equal(after.blockNumber, before.blockNumber)
      ctx.assert.lengthOf(lines, 1)
      ctx.assert.match(lines[0]!, /127\.0\.0\.1:\d+ called block 2000000 its newest, but/)

      await scanner.once()
      const end = confirm === 'finalized' ? chain.finalized : chain.head
      ctx.assert.deepEqual(await storedPlaces(), placesOf(chain.logsTo(end.number)))
    })
  }

  for (const fromBlock of [undefined, 1]) {
    test(`an absurd head at the first start moves nothing either (from block ${fromBlock})`, async (ctx) => {
      const { chain, server } = await serve(ctx, 100)
      const { logger } = loggedLines()
      lieOnce(server, chain, 'finalized')

      const scanner = scannerOf([server.url], { fromBlock, logger })
      ctx.assert.isFalse(await readOnce(scanner))
      ctx.assert.isNull(await ScanCursor.first())

      await scanner.once()
      const { blockNumber } = await ScanCursor.findOrFail('chain:56')
      ctx.assert.equal(blockNumber, 98)
    })
  }

  test('an absurd head after a restart moves nothing, though its endpoint makes blocks up for it', async (ctx) => {
    const { chain, server } = await serve(ctx, 100)
    await scannerOf([server.url]).once()
    const { logger, lines } = loggedLines()
    server.fault = ({ method, params }) => {
      const number = params[0] === 'finalized' ? ABSURD : String(params[0])
      if (method !== 'eth_getBlockByNumber' || Number(number) <= chain.head.number) return undefined
      return { reply: { result: { ...rawBlock(chain.head), number } } }
    }

    ctx.assert.isFalse(await readOnce(scannerOf([server.url], { logger })))

    const { blockNumber } = await ScanCursor.findOrFail('chain:56')
    ctx.assert.equal(blockNumber, 98)
    ctx.assert.match(lines[0]!, /block 98 was the newest 1 s before/)
  })

  test('another endpoint stands in at once for one whose head is absurd, and is asked first from then on', async (ctx) => {
    const { chain, server: liar } = await serve(ctx, 100)
    const honest = await RpcServer.start(chain)
    ctx.cleanup(() => honest.close())
    const { logger, lines } = loggedLines()
    const endpoints = new EndpointPool([liar.url, honest.url], 56, systemClock)
    const scanner = scannerOf([], { endpoints, logger })
    lieOnce(liar, chain, 'finalized')

    await scanner.once()

    ctx.assert.deepEqual(await storedPlaces(), placesOf(chain.logsTo(98)))
    ctx.assert.lengthOf(lines, 1)
    ctx.assert.equal(endpoints.preferred.url, honest.url)
  })

  test('after a long time without reading the head is believed, however far it has gone', async (ctx) => {
    const { chain, server } = await serve(ctx, 100)
    await scannerOf([server.url], { batchSize: 1000 }).once()
    const { logger, lines } = loggedLines()
    chain.density = 0.02
    chain.mine(5_000)

    await scannerOf([server.url], { logger, batchSize: 1000 }).once()

    ctx.assert.deepEqual(await storedPlaces(), placesOf(chain.logsTo(5_098)))
    ctx.assert.isEmpty(lines)
  })

  test('the end of a backfill is no absurd head', async (ctx) => {
    const { chain, server } = await serve(ctx, 100)
    const endpoints = new EndpointPool([server.url], 56, systemClock)
    for (const number of [ABSURD, '0x90']) {
      lieOnce(server, chain, 'finalized', number)
      await ctx.assert.rejects(() => finalizedRange(endpoints, 1))
    }
    ctx.assert.deepEqual(await finalizedRange(endpoints, 1), { from: 1, to: 98 })
  })

  test('a range is not read past the head of the endpoint that answers it', async (ctx) => {
    const { chain, server: behind } = await serve(ctx, 300)
    const ahead = await RpcServer.start(chain)
    ctx.cleanup(() => ahead.close())
    behind.lag = () => 200
    const endpoints = new EndpointPool([behind.url, ahead.url], 56, systemClock)

    const { logs } = await readRange(endpoints, 1, 250, logFilterFor(sources))

    ctx.assert.deepEqual(placesOf(logs), placesOf(chain.logsTo(250)))
    const ranges = behind.calls.filter(({ params }) => Object(params[0]).fromBlock)
    ctx.assert.lengthOf(ranges, 0)
  })

  test('a header of another block than the one that was asked for is not taken for it', async (ctx) => {
    const { chain, server } = await serve(ctx, 200)
    const { logger } = loggedLines()
    const wrong = chain.finalized.number - 63
    server.fault = ({ method, params }) => {
      if (method !== 'eth_getBlockByNumber' || Number(params[0]) !== wrong) return undefined
      server.fault = () => undefined
      return { reply: { result: rawBlock(chain.blocks[wrong - 1]!) } }
    }

    await readToTheEnd(scannerOf([server.url], { logger }))

    ctx.assert.deepEqual(await storedPlaces(), placesOf(chain.logsTo(198)))
  })
})
