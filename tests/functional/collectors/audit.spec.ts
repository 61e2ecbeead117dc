import { test } from '@japa/runner'
import type { TestContext } from '@japa/runner/core'
import db from '@adonisjs/lucid/services/db'
import { systemClock } from '#foundation/clock'
import { EndpointPool } from '#foundation/rpc/endpoint_pool'
import ScanCursor from '#models/scan_cursor'
import ScanAudit from '#models/scan_audit'
import { Audit } from '#collectors/evm/audit'
import { auditFindings } from '#collectors/evm/audit_result'
import { Maintenance } from '#collectors/evm/maintenance'
import { pruneFacts } from '#collectors/store/prune_facts'
import { sources } from '#sources/venues'
import { hashOf } from '#tests/support/chain/bloom_of'
import { blind, withoutReceipts } from '#tests/support/chain/lies'
import { RpcServer, type Fault } from '#tests/support/chain/rpc_server'
import { answerRpc, rawBlock } from '#tests/support/chain/answer_rpc'
import { placesOf, storedPlaces } from '#tests/support/chain/stored_logs'
import { TestChain } from '#tests/support/chain/test_chain'
import { emptyDatabase } from '#tests/support/database'
import { loggedLines } from '#tests/support/logged_lines'
import { scannerOf } from '#tests/support/scanner'
import { SettableClock } from '#tests/support/settable_clock'

const END = 198

/** A chain of 200 blocks that has been read, and as many endpoints. */
async function start(ctx: TestContext, count: number) {
  const chain = new TestChain(5)
  chain.mine(200)
  const servers = await Promise.all(Array.from({ length: count }, () => RpcServer.start(chain)))
  ctx.test.cleanup(async () => {
    await Promise.all(servers.map((server) => server.close()))
  })
  await scannerOf([servers[0]!.url]).once()
  const endpoints = new EndpointPool(
    servers.map(({ url }) => url),
    56,
    systemClock
  )
  const audit = new Audit({ chainId: 56, endpoints, sources, batchSize: 50, clock: systemClock })
  return { chain, servers, endpoints, audit, truth: placesOf(chain.logsTo(END)) }
}

/** Logs below a block are answered so, or with what `hidden` makes of the truth. */
function below(
  border: number,
  hidden: (truth: ReturnType<Parameters<Fault>[1]>) => unknown
): Fault {
  return ({ method, params }, truth) => {
    const { fromBlock } = (params[0] ?? {}) as Record<string, string>
    if (method === 'eth_getLogs' && fromBlock && Number(fromBlock) < border) {
      return hidden(truth()) as ReturnType<Fault>
    }
  }
}

/** Moves so many stored facts into blocks that the chain does not have. */
async function makePhantoms(table: string, count: number) {
  const rows = await db.from(table).orderBy('block_number').limit(count)
  for (const { id, block_number: block } of rows) {
    await db
      .from(table)
      .where('id', id)
      .update({ block_hash: hashOf('phantom', block) })
  }
}

/** Stores a trade from a log that its block does not have. */
async function inventTrade() {
  const { id, ...trade } = await db.from('trades').orderBy('id').firstOrFail()
  await db.table('trades').insert({ ...trade, log_index: 77, tx_hash: hashOf('invented', id) })
}

const PRUNED = { reply: { error: { code: 4444, message: 'pruned history unavailable' } } }
const BLANK = `0x${'0'.repeat(512)}`
const EMPTY = { reply: { result: [] } }

test.group('An audit destroys nothing', (group) => {
  group.each.setup(() => emptyDatabase())

  test('blocks that no endpoint could give are said to be unchecked, and keep their facts', async (ctx) => {
    const { servers, audit, truth } = await start(ctx, 1)
    servers[0]!.fault = below(120, () => PRUNED)

    const result = await audit.run(1, END)

    ctx.assert.containsSubset(result, { missing: 0, phantom: 0, repaired: 0, unreadable: 119 })
    ctx.assert.deepEqual(await storedPlaces(), truth)
    ctx.assert.deepEqual(auditFindings(result), ['could not be checked: 119 blocks'])
    const { unchecked } = await ScanAudit.firstOrFail()
    ctx.assert.equal(unchecked, 119)
  })

  for (const count of [1, 2]) {
    test(`an empty answer takes nothing back (${count} endpoints, all empty)`, async (ctx) => {
      const { servers, audit, truth } = await start(ctx, count)
      servers.forEach((server) => {
        server.fault = blind
      })

      const result = await audit.run(1, END)

      ctx.assert.containsSubset(result, { missing: 0, phantom: 0, repaired: 0, stopped: false })
      ctx.assert.isAbove(result.unproven, 100)
      ctx.assert.deepEqual(await storedPlaces(), truth)
    })
  }

  for (const [fillsBlooms, unproven] of [
    [true, 0],
    [false, 50],
  ] as const) {
    const what = fillsBlooms ? 'are proven by empty bloom filters' : 'are not, where it fills none'
    test(`quiet blocks of an endpoint that is alone, without receipts, ${what}`, async (ctx) => {
      const { chain, servers, audit, truth } = await start(ctx, 1)
      chain.density = 0
      chain.mine(100)
      servers[0]!.fault = (call, answer) => {
        const reply = answer()
        return fillsBlooms || !('result' in reply) || !call.method.startsWith('eth_getBlockBy')
          ? withoutReceipts(call, answer)
          : { reply: { result: { ...(reply.result as object), logsBloom: BLANK } } }
      }
      await audit.run(1, 100)
      const quiet = await audit.run(221, 270)

      ctx.assert.equal(quiet.unproven, unproven)
      ctx.assert.deepEqual(await storedPlaces(), truth)
    })
  }

  test('what one endpoint leaves out is found at another', async (ctx) => {
    const { servers, audit, truth } = await start(ctx, 2)
    for (const server of servers) {
      server.fault = ({ params }, answer) => {
        const { fromBlock } = (params[0] ?? {}) as Record<string, string>
        const reply = answer()
        return fromBlock && 'result' in reply
          ? { reply: { result: (reply.result as object[]).slice(0, -1) } }
          : undefined
      }
    }

    const result = await audit.run(1, END)

    ctx.assert.deepEqual(auditFindings(result), [])
    ctx.assert.deepEqual(await storedPlaces(), truth)
  })

  test('an endpoint on another fork takes nothing back and adds nothing where there is a second', async (ctx) => {
    const { servers, truth } = await start(ctx, 1)
    const fork = new TestChain(5)
    fork.mine(200)
    fork.reorg(150, 0)
    const forked = await RpcServer.start(fork)
    ctx.cleanup(() => forked.close())
    servers[0]!.fault = ({ method }) => (method === 'eth_getLogs' ? PRUNED : undefined)
    const endpoints = new EndpointPool([forked.url, servers[0]!.url], 56, systemClock)
    const blocks = await db.from('trades').where('block_number', '>', 60).orderBy('block_number')
    const [from, to] = [blocks[0], blocks[20]].map((row) => Number(row.block_number))

    const audit = new Audit({ chainId: 56, endpoints, sources, batchSize: 50, clock: systemClock })
    const result = await audit.run(from!, to!)

    ctx.assert.containsSubset(result, { phantom: 0, missing: 0, unproven: to! - from! + 1 })
    ctx.assert.deepEqual(await storedPlaces(), truth)
  })

  for (const count of [1, 2]) {
    test(`a fact of a block that is not canonical is taken back (${count} endpoints)`, async (ctx) => {
      const { audit, truth } = await start(ctx, count)
      await makePhantoms('launch_events', 2)

      const result = await audit.run(1, END)

      ctx.assert.containsSubset(result, { missing: 2, phantom: 2, repaired: 4, unproven: 0 })
      ctx.assert.deepEqual(await storedPlaces(), truth)
    })
  }

  test('an endpoint that is alone and denies blocks takes nothing back, whatever headers it shows', async (ctx) => {
    const { servers, truth } = await start(ctx, 1)
    const fork = new TestChain(5)
    fork.mine(200)
    fork.reorg(190, 0)
    const forked = await RpcServer.start(fork)
    ctx.cleanup(() => forked.close())
    servers[0]!.fault = (call) => {
      const isDenied = ['0x64', '0x65'].includes(String(call.params[0]))
      if (call.method === 'eth_getLogs') return EMPTY
      return isDenied || call.method === 'eth_getBlockByHash'
        ? { reply: answerRpc(fork, 56, call) }
        : undefined
    }

    for (const url of [servers[0]!.url, forked.url]) {
      const endpoints = new EndpointPool([url], 56, systemClock)
      const options = { chainId: 56, endpoints, sources, batchSize: 50, clock: systemClock }
      const result = await new Audit({ ...options, largestShare: 1 }).run(100, 110)
      ctx.assert.equal(result.phantom, 0)
      ctx.assert.isAbove(result.unproven, 0)
      const stored = await storedPlaces()
      ctx.assert.isEmpty(truth.filter((place) => !stored.includes(place)))
    }
  })

  test('a single wrong header proves nothing', async (ctx) => {
    const { chain, servers, audit, truth } = await start(ctx, 1)
    const { block_number: number } = await db.from('trades').orderBy('block_number').first()
    servers[0]!.fault = ({ method, params }) => {
      if (method === 'eth_getLogs') return EMPTY
      if (method !== 'eth_getBlockByNumber' || Number(params[0]) !== Number(number))
        return undefined
      const hash = hashOf('wrong')
      return { reply: { result: { ...rawBlock(chain.blocks[Number(number)]!), hash } } }
    }

    const result = await audit.run(Number(number), Number(number))

    ctx.assert.containsSubset(result, { phantom: 0, unproven: 1 })
    ctx.assert.deepEqual(await storedPlaces(), truth)
  })

  test('two endpoints that show a block with other logs prove that a stored log is none', async (ctx) => {
    const { audit, truth } = await start(ctx, 2)
    await inventTrade()

    ctx.assert.containsSubset(await audit.run(1, END), { missing: 0, phantom: 1, unproven: 0 })
    ctx.assert.deepEqual(await storedPlaces(), truth)
  })

  test('one endpoint alone does not prove that a log of a canonical block is none', async (ctx) => {
    const { audit } = await start(ctx, 1)
    await inventTrade()
    const before = await storedPlaces()

    ctx.assert.containsSubset(await audit.run(1, END), { missing: 0, phantom: 0, unproven: 1 })
    ctx.assert.deepEqual(await storedPlaces(), before)
  })

  test('an audit that would take back more than its share stops and takes nothing back', async (ctx) => {
    const { endpoints, audit, truth } = await start(ctx, 1)
    await makePhantoms('trades', 10)
    const before = await storedPlaces()

    const result = await audit.run(1, END)
    ctx.assert.containsSubset(result, { phantom: 10, repaired: 0, stopped: true })
    ctx.assert.match(auditFindings(result)[0]!, /^stopped: 10 of \d+ facts would/)
    ctx.assert.deepEqual(await storedPlaces(), before)

    const options = { chainId: 56, endpoints, sources, batchSize: 50, clock: systemClock }
    await new Audit({ ...options, largestShare: 1 }).run(1, END)
    ctx.assert.deepEqual(await storedPlaces(), truth)
  })

  test('what retention removed is not missing, whether or not it is still set', async (ctx) => {
    const { chain, audit, endpoints } = await start(ctx, 1)
    const border = chain.blocks[100]!.timestamp * 1000
    const clock = new SettableClock(border + 1000)
    const retention = { trades: 1000 }
    const deleted = await pruneFacts(56, retention, clock)
    ctx.assert.isAbove(deleted, 0)
    const kept = await storedPlaces()

    const options = { chainId: 56, endpoints, sources, batchSize: 50, clock }
    for (const again of [audit, new Audit({ ...options, retention })]) {
      ctx.assert.deepEqual(auditFindings(await again.run(1, END)), [])
      ctx.assert.deepEqual(await storedPlaces(), kept)
    }
  })

  test('what retention would remove at once is not missing', async (ctx) => {
    const { chain, endpoints } = await start(ctx, 1)
    const border = chain.blocks[100]!.timestamp * 1000
    const options = { chainId: 56, endpoints, sources, batchSize: 50 }
    await db.from('trades').where('event_time', '<', border).delete()
    const clock = new SettableClock(border + 1000)

    const audit = new Audit({ ...options, clock, retention: { trades: 1000 } })
    ctx.assert.deepEqual(auditFindings(await audit.run(1, END)), [])
    await db.from('trades').delete()
    ctx.assert.lengthOf(auditFindings(await audit.run(1, END)), 1)
    ctx.assert.isEmpty(await db.from('trades').where('event_time', '<', border))
  })

  test('the audit of the running scanner covers what was read before it, keeps what it cannot check, and says so', async (ctx) => {
    const { chain, servers, endpoints } = await start(ctx, 1)
    const [server] = servers
    const { logger, lines } = loggedLines()
    const readOn = async (blocks: number) => {
      chain.mine(blocks)
      await scannerOf([server!.url]).once()
    }
    const doChores = async () => {
      const stop = new AbortController()
      const clock = { ...systemClock, sleep: async () => stop.abort() }
      const options = {
        chainId: 56,
        endpoints,
        sources,
        confirm: 'finalized' as const,
        batchSize: 50,
        retention: {},
        records: {},
      }
      await new Maintenance({ ...options, clock, logger }).run(stop.signal, () => true)
    }
    await readOn(100)
    const [early] = await db.from('trades').where('block_number', '<', 42).limit(1)
    await db.from('trades').where('id', early.id).delete()
    await doChores()
    const [found] = lines.splice(0)
    ctx.assert.equal(found, 'audit of 1-42: 1 missing, 0 phantom, 1 repaired')
    await readOn(50)
    server!.fault = blind
    await doChores()

    ctx.assert.lengthOf(lines, 1)
    ctx.assert.match(lines[0]!, /^audit of 43-92: could not be checked: \d+ blocks$/)
    const { blockNumber } = await ScanCursor.findOrFail('audit:56')
    ctx.assert.equal(blockNumber, 92)
    ctx.assert.deepEqual(await storedPlaces(), placesOf(chain.logsTo(348)))
  })
})
