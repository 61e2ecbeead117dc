import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type { TestContext } from '@japa/runner/core'
import { systemClock } from '#foundation/clock'
import { EndpointPool } from '#foundation/rpc/endpoint_pool'
import ScanCursor from '#models/scan_cursor'
import { Backfill } from '#collectors/evm/backfill'
import { logFilterFor } from '#collectors/evm/get_logs'
import { readRanges } from '#collectors/evm/read_ranges'
import { sources } from '#sources/venues'
import { rawBlock } from '#tests/support/chain/answer_rpc'
import { hashOf } from '#tests/support/chain/bloom_of'
import { RpcServer } from '#tests/support/chain/rpc_server'
import { placesOf, storedPlaces } from '#tests/support/chain/stored_logs'
import { TestChain } from '#tests/support/chain/test_chain'
import { emptyDatabase } from '#tests/support/database'
import { loggedLines } from '#tests/support/logged_lines'
import { readOnce, readToTheEnd, scannerOf } from '#tests/support/scanner'
import { SettableClock } from '#tests/support/settable_clock'

/** A chain, as it is always mined from this seed. */
function mined(blocks: number) {
  const chain = new TestChain(9)
  chain.density = 0.2
  chain.mine(blocks)
  return chain
}

async function serve(ctx: TestContext, chain: TestChain) {
  const server = await RpcServer.start(chain)
  ctx.test.cleanup(() => server.close())
  return server
}

async function removedFacts(): Promise<number> {
  const counts = await Promise.all(
    ['launch_events', 'trades'].map((table) =>
      db.from(table).whereNotNull('removed_at').count('* as facts').first()
    )
  )
  return counts.reduce((sum, { facts }) => sum + Number(facts), 0)
}

test.group('Reorgs', (group) => {
  group.each.setup(() => emptyDatabase())

  for (const [depth, extra] of [
    [40, 5],
    [100, 150],
    [170, 300],
  ] as const) {
    test(`a reorg of ${depth} blocks while stopped, ${extra} blocks ago, leaves no phantom`, async (ctx) => {
      const chain = mined(200)
      const server = await serve(ctx, chain)
      const { logger } = loggedLines()
      const read = () => readToTheEnd(scannerOf([server.url], { confirm: 'latest', logger }))
      await read()

      chain.reorg(depth, extra)
      await read()

      ctx.assert.deepEqual(await storedPlaces(), placesOf(chain.logsTo(chain.head.number)))
    })
  }

  test('a header that does not follow the cursor, shown once, takes nothing back', async (ctx) => {
    const chain = mined(200)
    const server = await serve(ctx, chain)
    const { logger } = loggedLines()
    const scanner = scannerOf([server.url], { confirm: 'latest', logger })
    await scanner.once()
    chain.mine(150)
    server.fault = ({ method, params }) => {
      if (method !== 'eth_getBlockByNumber' || Number(params[0]) !== 201) return undefined
      server.fault = () => undefined
      return { reply: { result: { ...rawBlock(chain.blocks[201]!), parentHash: hashOf('no') } } }
    }

    ctx.assert.isFalse(await readOnce(scanner))
    await scanner.once()

    ctx.assert.equal(await removedFacts(), 0)
    ctx.assert.deepEqual(await storedPlaces(), placesOf(chain.logsTo(350)))
  })

  test('a cursor whose hash was a lie is put right, and no fact is taken back', async (ctx) => {
    const chain = mined(200)
    const server = await serve(ctx, chain)
    const { logger } = loggedLines()
    server.fault = ({ method, params }) =>
      method === 'eth_getBlockByNumber' && Number(params[0]) === 134
        ? { reply: { result: { ...rawBlock(chain.blocks[134]!), hash: hashOf('lie') } } }
        : undefined
    const scanner = scannerOf([server.url], { logger, batchSize: 200 })
    ctx.assert.isFalse(await readOnce(scanner))
    server.fault = () => undefined

    await readToTheEnd(scanner)

    ctx.assert.equal(await removedFacts(), 0)
    ctx.assert.deepEqual(await storedPlaces(), placesOf(chain.logsTo(198)))
  })

  test('beside a good endpoint, one on another fork takes nothing back and ends nothing', async (ctx) => {
    const chain = mined(200)
    const fork = mined(200)
    const good = await serve(ctx, chain)
    const bad = await serve(ctx, fork)
    const clock = new SettableClock(chain.head.timestamp * 1000)
    const { logger } = loggedLines()
    const endpoints = new EndpointPool([good.url, bad.url], 56, clock)
    const scanner = scannerOf([], { endpoints, clock, confirm: 'latest', logger })
    await scanner.once()

    fork.reorg(30, 20)
    for (let round = 0; round < 8; round++) {
      chain.mine(11)
      fork.mine(11)
      clock.pass(11 * 450)
      // The one that is on the fork answers first.
      endpoints.endpoints[0]!.health.succeeded(500)
      await readOnce(scanner)
    }

    ctx.assert.equal(await removedFacts(), 0)
    ctx.assert.deepEqual(
      endpoints.marks().map(({ endpoint, reason }) => [endpoint, reason]),
      [[endpoints.endpoints[1]!.name, 'other_fork']]
    )
    await readToTheEnd(scanner)
    ctx.assert.deepEqual(await storedPlaces(), placesOf(chain.logsTo(288)))
  }).tags(['@sqlite'])

  test('where no known block is part of the chain any more, nothing is taken back', async (ctx) => {
    const chain = mined(1_300)
    const server = await serve(ctx, chain)
    const { logger, lines } = loggedLines()
    const scanner = scannerOf([server.url], { confirm: 'latest', logger, batchSize: 1_000 })
    await scanner.once()
    const before = await ScanCursor.findOrFail('chain:56')

    chain.reorg(1_250)

    ctx.assert.isFalse(await readOnce(scanner))
    ctx.assert.equal(await removedFacts(), 0)
    const after = await ScanCursor.findOrFail('chain:56')
    ctx.assert.equal(after.blockNumber, before.blockNumber)
    ctx.assert.isEmpty(lines)
  })

  test('a backfill whose last block was replaced while it was stopped, and that ends before it has read that anew, leaves no phantom', async (ctx) => {
    const chain = mined(300)
    const server = await serve(ctx, chain)
    const { logger } = loggedLines()
    const backfill = () =>
      new Backfill({
        chainId: 56,
        endpoints: new EndpointPool([server.url], 56, systemClock),
        sources,
        from: 1,
        to: 250,
        batchSize: 20,
        isDryRun: false,
        largestShare: 0.5,
        clock: systemClock,
        logger,
      })
    const readTo = async (end: number) => {
      const stop = new AbortController()
      for await (const { block } of backfill().run(stop.signal)) {
        if (block >= end) stop.abort()
      }
    }
    await readTo(100)

    const { blockNumber: last } = chain.logsTo(100).at(-1)!
    chain.reorg(chain.head.number - last + 1)
    await readTo(20)
    await Array.fromAsync(backfill().run(new AbortController().signal))

    ctx.assert.isAbove(await removedFacts(), 0)
    ctx.assert.deepEqual(await storedPlaces(), placesOf(chain.logsTo(250)))
  })

  test('the ends of a range are those of the endpoint that gave its logs', async (ctx) => {
    const [chain, fork] = [mined(200), mined(200)]
    fork.reorg(150, 0)
    const [server, quick] = [await serve(ctx, chain), await serve(ctx, fork)]
    quick.fault = ({ method }) =>
      method === 'eth_getLogs'
        ? { reply: { error: { code: -32000, message: 'header not found' } } }
        : undefined
    const endpoints = new EndpointPool([quick.url, server.url], 56, systemClock)
    endpoints.endpoints[1]!.health.succeeded(500)

    const parts = readRanges(endpoints, 1, 100, logFilterFor(sources), 50)

    const hashes = await Array.fromAsync(parts, ({ hash }) => hash)
    ctx.assert.deepEqual(hashes, [chain.blocks[50]!.hash, chain.blocks[100]!.hash])
  }).tags(['@sqlite'])
})
