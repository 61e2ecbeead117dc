import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { systemClock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import ScanAudit from '#models/scan_audit'
import ScanGap from '#models/scan_gap'
import { Audit } from '#collectors/evm/audit'
import { Backfill, type BackfillOptions } from '#collectors/evm/backfill'
import { Endpoint } from '#foundation/rpc/endpoint'
import { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { pruneFacts } from '#collectors/store/prune_facts'
import { recordGaps } from '#collectors/store/gaps'
import { sources } from '#sources/venues'
import { prunedBelow } from '#tests/support/chain/lies'
import { RpcServer } from '#tests/support/chain/rpc_server'
import { placesOf, storedPlaces } from '#tests/support/chain/stored_logs'
import { TestChain } from '#tests/support/chain/test_chain'
import { emptyDatabase } from '#tests/support/database'
import { closeGapsThrough, readToTheEnd, scannerOf } from '#tests/support/scanner'
import { SettableClock } from '#tests/support/settable_clock'

test.group('Completeness', (group) => {
  group.each.setup(() => emptyDatabase())

  async function serve(blocks: number) {
    const chain = new TestChain(5)
    chain.mine(blocks)
    const server = await RpcServer.start(chain)
    const endpoints = new EndpointPool([server.url], 56, systemClock)
    return { chain, server, endpoints }
  }

  const pruned = (server: RpcServer, below: number) => {
    server.fault = ({ method, params }) => {
      const { fromBlock } = (params[0] ?? {}) as Record<string, string>
      if (method === 'eth_getLogs' && fromBlock && Number(fromBlock) < below) {
        return { reply: { error: { code: 4444, message: 'pruned history unavailable' } } }
      }
    }
  }

  function backfillOf(endpoints: EndpointPool, options: Partial<BackfillOptions>) {
    return new Backfill({
      chainId: 56,
      endpoints,
      sources,
      from: 1,
      to: 100,
      batchSize: 30,
      isDryRun: false,
      clock: systemClock,
      ...options,
    })
  }

  function recordGap(from: number, to: number, now: number) {
    return writeTransaction((trx) =>
      recordGaps(trx, 56, [{ from, to, reason: 'pruned', detail: null }], now)
    )
  }

  async function drain(backfill: Backfill, signal = new AbortController().signal) {
    for await (const progress of backfill.run(signal)) {
      progress satisfies object
    }
    return backfill.progress
  }

  test('ranges that take longer than a call may take are read in narrower ones', async ({
    assert,
    cleanup,
  }) => {
    const { chain, server } = await serve(300)
    cleanup(() => server.close())
    server.before = ({ params }) => {
      const { fromBlock, toBlock } = (params[0] ?? {}) as Record<string, string>
      const isWide = Number(toBlock) - Number(fromBlock) >= 20
      return isWide ? new Promise(() => {}) : Promise.resolve()
    }
    const endpoints = new EndpointPool([new Endpoint(server.url, 250)], 56, systemClock)

    await readToTheEnd(scannerOf([], { endpoints, batchSize: 100 }))

    assert.deepEqual(await storedPlaces(), placesOf(chain.logsTo(chain.finalized.number)))
  }).tags(['@sqlite'])

  test('history that no endpoint has any more is a gap, and is read once it is there again', async ({
    assert,
    cleanup,
  }) => {
    const { chain, server, endpoints } = await serve(300)
    cleanup(() => server.close())
    const clock = new SettableClock()
    pruned(server, 101)

    await scannerOf([server.url], { clock }).once()
    const gaps = await ScanGap.query().orderBy('fromBlock')
    assert.equal(gaps[0]!.fromBlock, 1)
    assert.equal(gaps.at(-1)!.toBlock, 100)
    assert.equal(gaps[0]!.reason, 'pruned')
    assert.include(gaps[0]!.detail!, 'pruned history unavailable')

    clock.pass(60_000)
    await closeGapsThrough(endpoints, clock)
    const tried = await ScanGap.findOrFail(gaps[0]!.id)
    assert.equal(tried.tries, 1)

    server.fault = () => undefined
    clock.pass(3_600_000)
    await closeGapsThrough(endpoints, clock)
    assert.isEmpty(await ScanGap.query().whereNull('closedAt'))
    assert.deepEqual(await storedPlaces(), placesOf(chain.logsTo(298)))
  })

  test('a gap is not closed by an endpoint that answers without its logs', async ({
    assert,
    cleanup,
  }) => {
    const { chain, server, endpoints } = await serve(300)
    cleanup(() => server.close())
    const clock = new SettableClock()
    pruned(server, 201)
    await scannerOf([server.url], { clock, batchSize: 200 }).once()

    server.fault = prunedBelow(201, 'silent')
    clock.pass(60_000)
    await closeGapsThrough(endpoints, clock)
    const open = await ScanGap.query().whereNull('closedAt').orderBy('fromBlock')
    assert.isNotEmpty(open)
    const unread = (block: number) =>
      open.some(({ fromBlock, toBlock }) => block >= fromBlock && block <= toBlock)
    assert.isTrue(chain.logsTo(200).every(({ blockNumber }) => unread(blockNumber)))

    const honest = await RpcServer.start(chain)
    cleanup(() => honest.close())
    const both = new EndpointPool([server.url, honest.url], 56, systemClock)
    for (let round = 0; round < 3; round++) {
      clock.pass(3_600_000)
      await closeGapsThrough(both, clock)
    }
    assert.deepEqual(await storedPlaces(), placesOf(chain.logsTo(298)))
  }).tags(['@sqlite'])

  test('a gap without logs is closed where the blocks themselves say that there are none', async ({
    assert,
    cleanup,
  }) => {
    const { chain, server, endpoints } = await serve(0)
    cleanup(() => server.close())
    chain.density = 0
    chain.mine(300)
    const clock = new SettableClock()
    pruned(server, 101)
    await scannerOf([server.url], { clock }).once()
    assert.isNotEmpty(await ScanGap.query().whereNull('closedAt'))

    server.fault = () => undefined
    clock.pass(60_000)
    await closeGapsThrough(endpoints, clock)
    assert.isEmpty(await ScanGap.query().whereNull('closedAt'))
  }).tags(['@sqlite'])

  test('a gap without logs is closed where the receipts of its blocks have none either', async ({
    assert,
    cleanup,
  }) => {
    const { chain, server, endpoints } = await serve(100)
    cleanup(() => server.close())
    chain.density = 0
    chain.mine(200)
    // Blooms as full as on a busy chain say nothing.
    for (const block of chain.blocks) {
      block.logsBloom = `0x${'f'.repeat(512)}`
    }
    const clock = new SettableClock()
    await recordGap(130, 160, clock.now())

    clock.pass(60_000)
    await closeGapsThrough(endpoints, clock)
    assert.isEmpty(await ScanGap.query().whereNull('closedAt'))
  }).tags(['@sqlite'])

  test('a gap that was closed is open again when its blocks cannot be read again', async ({
    assert,
  }) => {
    await recordGap(1, 10, 0)
    await ScanGap.query().update({ closedAt: 1 })
    await recordGap(1, 10, 2)
    assert.lengthOf(await ScanGap.query().whereNull('closedAt'), 1)
  })

  test('a gap that another process has tried meanwhile is left to it', async ({
    assert,
    cleanup,
  }) => {
    const { server, endpoints } = await serve(100)
    cleanup(() => server.close())
    const clock = new SettableClock()
    await recordGap(1, 50, clock.now())
    clock.pass(60_000)
    server.before = async ({ method }) => {
      if (method === 'eth_getLogs') {
        await ScanGap.query().update({ tries: 5 })
      }
    }

    await closeGapsThrough(endpoints, clock)

    const gap = await ScanGap.firstOrFail()
    assert.isNull(gap.closedAt)
    assert.isEmpty(await storedPlaces())
  })

  test('an audit finds and repairs what is missing and what should not be there', async ({
    assert,
    cleanup,
  }) => {
    const { chain, server, endpoints } = await serve(200)
    cleanup(() => server.close())
    await scannerOf([server.url]).once()

    const [lost] = await db.from('trades').orderBy('id').limit(1)
    await db.from('trades').where('id', lost.id).delete()
    const [phantom] = await db.from('launch_events').orderBy('id').limit(1)
    await db.from('launch_events').where('id', phantom.id).update({ block_hash: '0xfa15e' })

    const audit = new Audit({ chainId: 56, endpoints, sources, batchSize: 50, clock: systemClock })
    assert.containsSubset(await audit.run(1, 198), {
      logsOnChain: chain.logsTo(198).length,
      missing: 2,
      phantom: 1,
      repaired: 3,
      unreadable: 0,
    })
    assert.deepEqual(await storedPlaces(), placesOf(chain.logsTo(198)))

    assert.containsSubset(await audit.run(1, 198), { missing: 0, phantom: 0 })
    assert.lengthOf(await ScanAudit.all(), 2)
  })

  test('a backfill reads its range beside the live cursor and goes on where it stopped', async ({
    assert,
    cleanup,
  }) => {
    const { chain, server, endpoints } = await serve(300)
    cleanup(() => server.close())
    await scannerOf([server.url], { fromBlock: 200 }).once()

    const stop = new AbortController()
    const first = backfillOf(endpoints, { to: 199, batchSize: 10 })
    for await (const { block } of first.run(stop.signal)) {
      if (block >= 60) {
        stop.abort()
      }
    }
    const stoppedAt = first.progress.block
    assert.isBelow(stoppedAt, 199)

    server.calls.length = 0
    await drain(backfillOf(endpoints, { to: 199 }))

    assert.deepEqual(await storedPlaces(), placesOf(chain.logsTo(298)))
    const readFrom = server.calls
      .filter(({ method }) => method === 'eth_getLogs')
      .map(({ params }) => Number((params[0] as { fromBlock: string }).fromBlock))
    assert.equal(Math.min(...readFrom), stoppedAt + 1)
  })

  test('a dry run counts and stores nothing', async ({ assert, cleanup }) => {
    const { chain, server, endpoints } = await serve(150)
    cleanup(() => server.close())

    const { stored } = await drain(backfillOf(endpoints, { isDryRun: true }))

    assert.equal(stored.launches + stored.trades, chain.logsTo(100).length)
    assert.isEmpty(await storedPlaces())
  })

  test('old facts are pruned, young ones and other tables stay', async ({ assert, cleanup }) => {
    const { chain, server } = await serve(200)
    cleanup(() => server.close())
    await scannerOf([server.url]).once()
    const launches = await db.from('launch_events').count('* as total')
    const border = chain.blocks[100]!.timestamp * 1000
    const clock = new SettableClock(border + 1000)

    const deleted = await pruneFacts(56, { trades: 1000 }, clock)

    assert.isAbove(deleted, 0)
    const [{ oldest }] = await db.from('trades').min('event_time as oldest')
    assert.isAtLeast(Number(oldest), border)
    assert.deepEqual(await db.from('launch_events').count('* as total'), launches)
  })
})
