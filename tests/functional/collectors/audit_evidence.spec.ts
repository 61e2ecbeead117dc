import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import ScanAudit from '#models/scan_audit'
import { auditFindings } from '#collectors/evm/audit_result'
import { answerRpc, rawBlock } from '#tests/support/chain/answer_rpc'
import { auditOf, END, poolOf, startAudited } from '#tests/support/chain/audited_chain'
import { hashOf } from '#tests/support/chain/bloom_of'
import { blind, withoutReceipts } from '#tests/support/chain/lies'
import { RpcServer, type Fault } from '#tests/support/chain/rpc_server'
import { storedPlaces } from '#tests/support/chain/stored_logs'
import { TestChain } from '#tests/support/chain/test_chain'
import { emptyDatabase } from '#tests/support/database'

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

/** Stores a trade from a log that its block does not have. */
async function inventTrade() {
  const { id, ...trade } = await db.from('trades').orderBy('id').firstOrFail()
  await db.table('trades').insert({ ...trade, log_index: 77, tx_hash: hashOf('invented', id) })
}

const PRUNED = { reply: { error: { code: 4444, message: 'pruned history unavailable' } } }
const BLANK = `0x${'0'.repeat(512)}`
const EMPTY = { reply: { result: [] } }

test.group('An audit destroys nothing, whatever endpoints show', (group) => {
  group.tap((one) => one.tags(['@sqlite']))
  group.each.setup(() => emptyDatabase())

  test('blocks that no endpoint could give are said to be unchecked, and keep their facts', async (ctx) => {
    const { servers, audit, truth } = await startAudited(ctx, 1)
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
      const { servers, audit, truth } = await startAudited(ctx, count)
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
      const { chain, servers, audit, truth } = await startAudited(ctx, 1)
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
    const { servers, audit, truth } = await startAudited(ctx, 2)
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
    const { servers, truth } = await startAudited(ctx, 1)
    const fork = new TestChain(5)
    fork.mine(200)
    fork.reorg(150, 0)
    const forked = await RpcServer.start(fork)
    ctx.cleanup(() => forked.close())
    servers[0]!.fault = ({ method }) => (method === 'eth_getLogs' ? PRUNED : undefined)
    const blocks = await db.from('trades').where('block_number', '>', 60).orderBy('block_number')
    const [from, to] = [blocks[0], blocks[20]].map((row) => Number(row.block_number))

    const result = await auditOf(poolOf(forked, servers[0]!)).run(from!, to!)

    ctx.assert.containsSubset(result, { phantom: 0, missing: 0, unproven: to! - from! + 1 })
    ctx.assert.deepEqual(await storedPlaces(), truth)
  })

  test('an endpoint that is alone and denies blocks takes nothing back, whatever headers it shows', async (ctx) => {
    const { servers, truth } = await startAudited(ctx, 1)
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

    for (const server of [servers[0]!, forked]) {
      const result = await auditOf(poolOf(server), { largestShare: 1 }).run(100, 110)
      ctx.assert.equal(result.phantom, 0)
      ctx.assert.isAbove(result.unproven, 0)
      const stored = await storedPlaces()
      ctx.assert.isEmpty(truth.filter((place) => !stored.includes(place)))
    }
  })

  test('a single wrong header proves nothing', async (ctx) => {
    const { chain, servers, audit, truth } = await startAudited(ctx, 1)
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
    const { audit, truth } = await startAudited(ctx, 2)
    await inventTrade()

    ctx.assert.containsSubset(await audit.run(1, END), { missing: 0, phantom: 1, unproven: 0 })
    ctx.assert.deepEqual(await storedPlaces(), truth)
  })

  test('one endpoint alone does not prove that a log of a canonical block is none', async (ctx) => {
    const { audit } = await startAudited(ctx, 1)
    await inventTrade()
    const before = await storedPlaces()

    ctx.assert.containsSubset(await audit.run(1, END), { missing: 0, phantom: 0, unproven: 1 })
    ctx.assert.deepEqual(await storedPlaces(), before)
  })
})
