import { test } from '@japa/runner'
import type { TestContext } from '@japa/runner/core'
import { Lease } from '#foundation/db/lease'
import { Endpoint } from '#foundation/rpc/endpoint'
import { EndpointPool } from '#foundation/rpc/endpoint_pool'
import ScanHold from '#models/scan_hold'
import { Audit } from '#collectors/evm/audit'
import { sources } from '#sources/venues'
import { acceptHold, RetractionHeldError } from '#collectors/store/holds'
import { ChainStore } from '#collectors/store/chain_store'
import { blind, invents, leavesOut, prunedBelow } from '#tests/support/chain/lies'
import { RpcServer, type Fault } from '#tests/support/chain/rpc_server'
import { placesOf, storedPlaces } from '#tests/support/chain/stored_logs'
import { TestChain } from '#tests/support/chain/test_chain'
import { emptyDatabase } from '#tests/support/database'
import { storeLaunches } from '#tests/support/facts'
import { seededRandom } from '#tests/support/random'
import { closeGapsThrough, readToTheEnd, scannerOf } from '#tests/support/scanner'
import { SettableClock } from '#tests/support/settable_clock'

/** A chain whose bloom filters rule nothing out, as on BSC, and an endpoint for each way to answer. */
async function start(ctx: TestContext, ...ways: (Fault | null)[]) {
  const chain = new TestChain(7)
  chain.mine(120)
  for (const block of chain.blocks) {
    block.logsBloom = `0x${'f'.repeat(512)}`
  }
  const clock = new SettableClock()
  const servers = await Promise.all(ways.map(() => RpcServer.start(chain)))
  for (const [at, way] of ways.entries()) {
    if (way) servers[at]!.fault = way
  }
  ctx.cleanup(async () => {
    await Promise.all(servers.map((server) => server.close()))
  })
  const endpoints = new EndpointPool(
    servers.map(({ url }) => new Endpoint(url)),
    56,
    clock
  )
  /** Reads everything, tries what was left open as often as the waits allow, and audits it. */
  const readAll = async () => {
    await readToTheEnd(scannerOf([], { endpoints, clock, batchSize: 40 }))
    for (let tries = 0; tries < 4; tries++) {
      clock.pass(3_600_000)
      await closeGapsThrough(endpoints, clock)
    }
    const options = { chainId: 56, endpoints, sources, batchSize: 40, clock }
    await new Audit({ ...options, largestShare: 1 }).run(1, 118)
  }
  const reasons = () => endpoints.marks().map(({ endpoint, reason }) => [endpoint, reason])
  return { chain, servers, endpoints, readAll, reasons, truth: placesOf(chain.logsTo(118)) }
}

const LIES: [string, Fault][] = [
  ['has no logs at all', blind],
  ['leaves logs out', leavesOut(seededRandom(1), 0.3)],
  ['invents logs', invents],
  ['is silent about what it has pruned', prunedBelow(100, 'silent')],
  ['says what it has pruned', prunedBelow(100, 'error')],
]

test.group('What endpoints show is checked', (group) => {
  group.tap((one) => one.tags(['@sqlite']))
  group.each.setup(() => emptyDatabase())

  for (const [what, lie] of LIES) {
    test(`beside a good endpoint, one that ${what} has nothing lost and nothing invented`, async (ctx) => {
      const { readAll, truth } = await start(ctx, lie, null)

      await readAll()

      ctx.assert.deepEqual(await storedPlaces(), truth)
    })
  }

  test('an endpoint that leaves logs out is found out by its own receipts, and named', async (ctx) => {
    const lie = leavesOut(seededRandom(2), 0.3)
    const { servers, endpoints, readAll, reasons, truth } = await start(ctx, lie)

    await readToTheEnd(scannerOf([], { endpoints, batchSize: 40 }))
    ctx.assert.deepEqual(reasons(), [[new URL(servers[0]!.url).host, 'hides_logs']])

    await readAll()
    ctx.assert.deepEqual(await storedPlaces(), truth)
  })

  test('where nothing stands behind the reading, that is known, and nothing is invented', async (ctx) => {
    const { endpoints, readAll, truth } = await start(ctx, blind)

    await readAll()

    ctx.assert.isNotNull(endpoints.checks.unprovenSince)
    const stored = await storedPlaces()
    const invented = stored.filter((place) => !truth.includes(place))
    ctx.assert.isEmpty(invented)
  })

  test('an honest endpoint is checked in few of its answers', async (ctx) => {
    const { chain, servers, endpoints } = await start(ctx, null)
    const scanner = scannerOf([], { endpoints, fromBlock: 100 })
    await scanner.once()
    const before = servers[0]!.calls.length

    for (let blocks = 0; blocks < 100; blocks += 50) {
      chain.mine(50)
      await scanner.once()
    }

    const added = servers[0]!.countOf('eth_getBlockReceipts')
    ctx.assert.isBelow(added / (servers[0]!.calls.length - before), 0.05)
    ctx.assert.isNull(endpoints.checks.unprovenSince)
    ctx.assert.isEmpty(endpoints.marks())
  })
})

test.group('A reorg that takes back too much', (group) => {
  group.each.setup(() => emptyDatabase())

  test('waits for an operator, changes nothing until then, and goes on once it is accepted', async ({
    assert,
  }) => {
    const clock = new SettableClock()
    const lease = new Lease('scanner:56')
    await lease.acquire(clock.now())
    const store = new ChainStore<null>({
      chainId: 56,
      cursorName: 'chain:56',
      isRevertible: true,
      store: async () => ({}),
      lease,
      clock,
    })
    await storeLaunches(1001)
    const [fork, head] = [1000, 90_000_000].map((blockNumber) => ({ blockNumber, blockHash: null }))
    await store.start(head!)

    await assert.rejects(
      () => store.goBack(head!, fork!, { number: head!.blockNumber, lateMs: 0 }),
      RetractionHeldError
    )
    assert.deepEqual(await store.position(), head)
    const [held] = await ScanHold.waiting(clock.now())
    assert.containsSubset(held!.$attributes, { kind: 'reorg', fromBlock: 1001, facts: 1001 })

    assert.isTrue(await acceptHold(held!.id, clock.now()))
    assert.equal(await store.goBack(head!, fork!, { number: head!.blockNumber, lateMs: 0 }), 1001)
    assert.isEmpty(await ScanHold.waiting(clock.now()))
  })
})
