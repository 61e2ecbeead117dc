import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { EndpointPool } from '#foundation/rpc/endpoint_pool'
import LaunchEvent from '#models/launch_event'
import ScanAudit from '#models/scan_audit'
import Token from '#models/token'
import { auditFindings } from '#collectors/evm/audit_result'
import { auditOf } from '#tests/support/chain/audited_chain'
import { DirectEndpoint } from '#tests/support/chain/direct_endpoint'
import { altersLogs, withoutReceipts } from '#tests/support/chain/lies'
import { putLog } from '#tests/support/chain/put_log'
import type { Fault } from '#tests/support/chain/rpc_server'
import { TestChain } from '#tests/support/chain/test_chain'
import { emptyDatabase } from '#tests/support/database'
import { quietLogger } from '#tests/support/logged_lines'
import { someAddress } from '#tests/support/facts'
import { readOnce, scannerOf } from '#tests/support/scanner'
import { SettableClock } from '#tests/support/settable_clock'

const FLAP = '0xe2cE6ab80874Fa9Fa2aAE65D277Dd6B8e65C9De0'
const USDT = '0x55d398326f99059ff775485246999027b3197955'
const BNB = '0x0000000000000000000000000000000000000000'
const END = 98

function chainOf(options: Partial<TestChain> = {}) {
  const chain = Object.assign(new TestChain(5), options)
  chain.mine(END + 2)
  return chain
}

/** Endpoints, one for each way to answer; null answers the truth. */
function through(chain: TestChain, ...ways: (Fault | null)[]) {
  const clock = new SettableClock(chain.head.timestamp * 1000)
  const direct = ways.map((way, at) => {
    const endpoint = new DirectEndpoint(`endpoint-${at}`, chain)
    if (way) endpoint.fault = way
    return endpoint
  })
  const endpoints = new EndpointPool(direct, 56, clock)
  return {
    read: () => readOnce(scannerOf([], { endpoints, clock, logger: quietLogger })),
    audit: (largestShare?: number) => auditOf(endpoints, { clock, largestShare }).run(1, END),
  }
}

/** What standing facts say, but for their ids and what is known of a pool since. */
async function contents() {
  const tables = ['launch_events', 'pools', 'trades']
  const rows = await Promise.all(
    tables.map((table) =>
      db.from(table).whereNull('removed_at').orderBy(['block_number', 'log_index'])
    )
  )
  return rows.flat().map((row) => {
    const { id, created_at: at, price_at: price, reserves_at: reserves, ...content } = row
    return content
  })
}

/** The content of a log with another last word: an amount, or a part of a name. */
const changed = (data: string) => `${data.slice(0, -64)}${'0'.repeat(60)}abcd`

/** Blocks that hold a trade each, the oldest first. */
async function blocksOfTrades(count: number): Promise<number[]> {
  const rows = await db.from('trades').orderBy('block_number').distinct('block_number')
  return rows.slice(0, count).map((row) => Number(row.block_number))
}

/** Reads the chain through an endpoint that alters logs of so many blocks, after the truth is known. */
async function storeAltered(chain: TestChain, count: number) {
  await through(chain, withoutReceipts).read()
  const truth = await contents()
  const blocks = await blocksOfTrades(count)
  await emptyDatabase()
  await through(chain, altersLogs(blocks, changed)).read()
  return { truth, altered: await contents() }
}

async function quoteOfToken() {
  const { quoteAddress } = await Token.firstOrFail()
  return quoteAddress
}

async function alterFirst(table: string, content: object) {
  const { id } = await db.from(table).orderBy('id').firstOrFail()
  await db.from(table).where('id', id).update(content)
}

test.group('Facts that were stored with another content than their logs have', (group) => {
  group.each.setup(() => emptyDatabase())

  test('are found by an audit with two endpoints, taken back and stored as they are', async (ctx) => {
    const chain = chainOf()
    const { truth, altered } = await storeAltered(chain, 2)
    ctx.assert.notDeepEqual(altered, truth)
    await db.from('trades').update({ planned_at: 1 })

    const result = await through(chain, withoutReceipts, withoutReceipts).audit(1)

    ctx.assert.containsSubset(result, { missing: 0, phantom: 0, unproven: 0, stopped: false })
    ctx.assert.isAtLeast(result.altered, 2)
    ctx.assert.equal(result.repaired, result.altered)
    ctx.assert.match(auditFindings(result)[0]!, /^0 missing, 0 phantom, \d+ altered, \d+ repaired$/)
    const recorded = await ScanAudit.firstOrFail()
    ctx.assert.equal(recorded.altered, result.altered)
    const withoutOutbox = (rows: { planned_at?: unknown }[]) =>
      rows.map(({ planned_at: at, ...row }) => row)
    ctx.assert.deepEqual(withoutOutbox(await contents()), withoutOutbox(truth))
    const told = await db.from('trades').whereNotNull('removed_at')
    const anew = await db.from('trades').whereNull('removed_at').whereNull('planned_at')
    ctx.assert.isTrue(told.every(({ planned_at: at }) => at === null))
    ctx.assert.lengthOf(anew, told.length)

    const again = await through(chain, withoutReceipts, withoutReceipts).audit(1)
    ctx.assert.deepEqual(auditFindings(again), [])
  })

  test('are proven by receipts that make the root, where one endpoint is alone', async (ctx) => {
    const chain = chainOf({ isSealed: true })
    await through(chain, null).read()
    const truth = await contents()
    await alterFirst('trades', { quote_amount: '7', trader: someAddress() })
    await alterFirst('launch_events', { creator: someAddress(), name: 'x' })
    await alterFirst('pools', { creator: null })

    ctx.assert.containsSubset(await through(chain, null).audit(), { altered: 3, repaired: 3 })
    ctx.assert.deepEqual(await contents(), truth)
  })

  test('are none because the only endpoint names another transaction: no root proves that', async (ctx) => {
    const chain = chainOf({ isSealed: true })
    await through(chain, null).read()
    const truth = await contents()
    const renamed = (text: string) => text.replaceAll(/("transactionHash":"0x..)..../g, '$1abcd')
    const renames: Fault = (_, tell) => ({ reply: JSON.parse(renamed(JSON.stringify(tell()))) })

    const result = await through(chain, renames).audit(1)

    ctx.assert.containsSubset(result, { altered: 0, phantom: 0, missing: 0 })
    ctx.assert.isAbove(result.unproven, 0)
    ctx.assert.deepEqual(await contents(), truth)
  })

  test('stay where one endpoint alone shows them otherwise, and are told as unchecked', async (ctx) => {
    const chain = chainOf()
    const { altered } = await storeAltered(chain, 1)

    const result = await through(chain, withoutReceipts).audit(1)

    ctx.assert.containsSubset(result, { altered: 0, phantom: 0, repaired: 0 })
    ctx.assert.isAbove(result.unproven, 0)
    ctx.assert.deepEqual(await contents(), altered)
  })

  test('stay where those that answer do not agree on the content', async (ctx) => {
    const chain = chainOf()
    await through(chain, withoutReceipts).read()
    const truth = await contents()
    const liar = altersLogs(await blocksOfTrades(2), changed)

    const result = await through(chain, withoutReceipts, liar).audit(1)

    ctx.assert.containsSubset(result, { altered: 0, phantom: 0, missing: 0, repaired: 0 })
    ctx.assert.deepEqual(await contents(), truth)
  })

  test('wait for an operator where they are too many to be true', async (ctx) => {
    const chain = chainOf()
    const { truth, altered } = await storeAltered(chain, 12)
    const honest = through(chain, withoutReceipts, withoutReceipts)

    const result = await honest.audit()
    ctx.assert.containsSubset(result, { stopped: true, repaired: 0 })
    ctx.assert.match(auditFindings(result)[0]!, /^stopped: \d+ of \d+ facts would/)
    ctx.assert.deepEqual(await contents(), altered)

    await honest.audit(1)
    ctx.assert.deepEqual(await contents(), truth)
  })

  test('give way to what they are, where another kind of fact was made of a log', async (ctx) => {
    const chain = chainOf({ isSealed: true })
    await through(chain, null).read()
    const truth = await contents()
    const { id, ...launch } = await LaunchEvent.query()
      .firstOrFail()
      .then((row) => row.$attributes)
    const trade = await db.from('trades').orderBy('id').firstOrFail()
    await LaunchEvent.create({
      ...(launch as object),
      launchTx: trade.tx_hash,
      logIndex: Number(trade.log_index),
      blockHash: trade.block_hash,
      blockNumber: Number(trade.block_number),
    })
    await db.from('trades').where('id', trade.id).delete()

    const result = await through(chain, null).audit()

    ctx.assert.containsSubset(result, { missing: 1, altered: 1, repaired: 2 })
    ctx.assert.deepEqual(await contents(), truth)
  })

  test('leave nothing behind of the quote asset that they told of their token', async (ctx) => {
    const chain = chainOf({ density: 0 })
    const block = chain.blocks[50]!
    const token = someAddress()
    const values = [0n, someAddress(), 1n, token, 'n', 's', 'm']
    const created = putLog(
      block,
      FLAP,
      'event TokenCreated(uint256 ts, address creator, uint256 nonce, address token, string name, string symbol, string meta)',
      values
    )
    putLog(
      block,
      FLAP,
      'event TokenQuoteSet(address token, address quoteToken)',
      [token, USDT],
      created.transactionHash
    )
    const forged = (data: string) => data.replaceAll(USDT.slice(2), BNB.slice(2))
    await through(chain, altersLogs([50], forged)).read()
    ctx.assert.equal(await quoteOfToken(), BNB)

    const honest = through(chain, withoutReceipts, withoutReceipts)
    ctx.assert.containsSubset(await honest.audit(), { altered: 2, repaired: 2 })

    ctx.assert.equal(await quoteOfToken(), USDT)
    ctx.assert.deepEqual(auditFindings(await honest.audit()), [])
  })
})
