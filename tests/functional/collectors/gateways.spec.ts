import { test } from '@japa/runner'
import type { TestContext } from '@japa/runner/core'
import { systemClock } from '#foundation/clock'
import { EndpointPool } from '#foundation/rpc/endpoint_pool'
import ScanCursor from '#models/scan_cursor'
import ScanGap from '#models/scan_gap'
import { FALLBACK_DEPTH } from '#collectors/evm/final_head'
import type { RpcCall } from '#tests/support/chain/answer_rpc'
import { behaviours } from '#tests/support/chain/behaviours'
import { RpcServer } from '#tests/support/chain/rpc_server'
import { placesOf, storedPlaces } from '#tests/support/chain/stored_logs'
import { TestChain } from '#tests/support/chain/test_chain'
import { emptyDatabase } from '#tests/support/database'
import { loggedLines } from '#tests/support/logged_lines'
import { readOnce, readToTheEnd, scannerOf } from '#tests/support/scanner'

const error = (code: number, message: string) => ({ reply: { error: { code, message } } })

const isWide = ({ method, params }: RpcCall, limit: number) => {
  const { fromBlock, toBlock } = (params[0] ?? {}) as Record<string, string>
  return method === 'eth_getLogs' && Number(toBlock) - Number(fromBlock) + 1 > limit
}

async function serve(ctx: TestContext, blocks: number) {
  const chain = new TestChain(6)
  chain.density = 0.3
  chain.mine(blocks)
  const server = await RpcServer.start(chain)
  ctx.test.cleanup(() => server.close())
  const endpoints = new EndpointPool([server.url], 56, systemClock)
  const { lines, logger } = loggedLines()
  const scanner = scannerOf([], { endpoints, logger, batchSize: 100 })
  return { chain, server, endpoints, scanner, lines }
}

test.group('Gateways that can do less than a node', (group) => {
  group.tap((one) => one.tags(['@sqlite']))
  group.each.setup(() => emptyDatabase())

  for (const answer of [error(-32603, 'internal error'), error(-32005, 'words that are new')]) {
    test(`a range that fails where one block does not is halved: ${JSON.stringify(answer)}`, async (ctx) => {
      const { chain, server, scanner } = await serve(ctx, 250)
      server.fault = (call) => (isWide(call, 30) ? answer : undefined)

      await readToTheEnd(scanner)

      ctx.assert.deepEqual(await storedPlaces(), placesOf(chain.logsTo(248)))
      ctx.assert.isNull(await ScanGap.first())
    })
  }

  test('one that is asked to wait for is neither asked narrower nor written down as gaps', async (ctx) => {
    const { server, endpoints, scanner } = await serve(ctx, 250)
    server.fault = ({ method }) =>
      method === 'eth_getLogs'
        ? { status: 429, body: 'rate exceeded', headers: { 'retry-after': '3' } }
        : undefined
    for (let round = 0; round < 10; round++) ctx.assert.isFalse(await readOnce(scanner))

    ctx.assert.isAtMost(server.countOf('eth_getLogs'), 3)
    ctx.assert.equal(endpoints.span, Infinity)
    ctx.assert.isNull(await ScanGap.first())
  })

  for (const words of ['unknown field blockHash', 'internal error', 'unknown block']) {
    test(`one that answers "${words}" to each hash is read by numbers up to the head, and named once`, async (ctx) => {
      const { chain, server, endpoints, scanner, lines } = await serve(ctx, 120)
      server.fault = ({ method, params }) =>
        method === 'eth_getLogs' && 'blockHash' in (params[0] as object)
          ? error(words.includes('field') ? -32602 : -32603, words)
          : undefined

      await readToTheEnd(scanner)
      chain.mine(5)
      await readToTheEnd(scanner)

      ctx.assert.deepEqual(await storedPlaces(), placesOf(chain.logsTo(123)))
      ctx.assert.deepEqual(
        endpoints.marks().map(({ reason }) => reason),
        ['ranges_only']
      )
      ctx.assert.lengthOf(lines, 1)
    })
  }

  test('one that repeats log indexes is read from its receipts, and named once', async (ctx) => {
    const { chain, server, endpoints, scanner, lines } = await serve(ctx, 120)
    server.fault = behaviours.misnumbered()

    await readToTheEnd(scanner)

    ctx.assert.deepEqual(await storedPlaces(), placesOf(chain.logsTo(118)))
    ctx.assert.deepEqual(
      endpoints.marks().map(({ reason }) => reason),
      ['misnumbers_logs']
    )
    ctx.assert.lengthOf(lines, 1)
  })

  for (const [name, answer] of [
    ['refuses the tag', error(-32602, 'invalid argument 0: hex string without 0x prefix')],
    ['answers nothing', { reply: { result: null } }],
  ] as const) {
    test(`where it ${name} for finalized, blocks far below the newest count as final`, async (ctx) => {
      const { chain, server, endpoints, scanner, lines } = await serve(ctx, 250)
      server.fault = ({ params }) => (params[0] === 'finalized' ? answer : undefined)

      await readToTheEnd(scanner)

      const { blockNumber } = await ScanCursor.findOrFail('chain:56')
      ctx.assert.equal(blockNumber, 250 - FALLBACK_DEPTH)
      ctx.assert.deepEqual(await storedPlaces(), placesOf(chain.logsTo(blockNumber)))
      ctx.assert.equal(endpoints.marks()[0]?.reason, 'no_finalized')
      ctx.assert.lengthOf(lines, 1)
      ctx.assert.match(lines[0]!, /does not name its finalized block: 64 blocks below the newest/)
    })
  }
})
