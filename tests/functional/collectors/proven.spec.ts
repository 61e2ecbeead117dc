import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { readHeader } from '#foundation/rpc/block_header'
import { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { Audit } from '#collectors/evm/audit'
import { sources } from '#sources/venues'
import { hashOf } from '#tests/support/chain/bloom_of'
import { DirectEndpoint } from '#tests/support/chain/direct_endpoint'
import {
  allOf,
  altersHeaders,
  blind,
  fabricates,
  invents,
  withoutReceipts,
} from '#tests/support/chain/lies'
import type { Fault } from '#tests/support/chain/rpc_server'
import { placesOf, storedPlaces } from '#tests/support/chain/stored_logs'
import { TestChain } from '#tests/support/chain/test_chain'
import { emptyDatabase } from '#tests/support/database'
import { quietLogger } from '#tests/support/logged_lines'
import { closeGapsThrough, readOnce, scannerOf } from '#tests/support/scanner'
import { SettableClock } from '#tests/support/settable_clock'

/** A chain whose receipts prove its logs, and whose bloom filters rule nothing out. */
function sealedChain(blocks: number) {
  const chain = new TestChain(3)
  chain.isSealed = true
  chain.isBusy = true
  chain.mine(blocks)
  return chain
}

/** An endpoint for each way to answer, and what reads through them; null answers the truth. */
function through(chain: TestChain, ...ways: (Fault | null)[]) {
  const clock = new SettableClock(chain.head.timestamp * 1000)
  const direct = ways.map((way, at) => {
    const endpoint = new DirectEndpoint(`endpoint-${at}`, chain)
    if (way) endpoint.fault = way
    return endpoint
  })
  const endpoints = new EndpointPool(direct, 56, clock)
  const common = { endpoints, clock, logger: quietLogger }
  const audit = new Audit({ ...common, chainId: 56, sources, batchSize: 40, largestShare: 1 })
  return {
    endpoints,
    audit,
    read: () => readOnce(scannerOf([], common)),
    closeGaps: () => closeGapsThrough(endpoints, clock, quietLogger),
    end: chain.finalized.number,
  }
}

/** It shows no log, and blooms that rule all of them out. */
const veils: Fault = ({ method }, truth) => {
  if (method === 'eth_getLogs') return { reply: { result: [] } }
  const reply = truth()
  const logsBloom = `0x${'0'.repeat(510)}01`
  return method.startsWith('eth_getBlockBy') && 'result' in reply && reply.result
    ? { reply: { result: { ...(reply.result as object), logsBloom } } }
    : undefined
}

test.group('Receipts that make the root in the header', (group) => {
  group.tap((each) => each.tags(['@sqlite']))
  group.each.setup(() => emptyDatabase())

  test('are looked at where a bloom filter rules logs out, though all endpoints are marked', async ({
    assert,
  }) => {
    const chain = sealedChain(100)
    const { audit, endpoints, end } = through(chain, veils, null)
    await through(chain, null).read()
    await readHeader(endpoints.endpoints[1]!, 1)
    for (const each of endpoints.endpoints) endpoints.mark(each, 'malformed', 'answered no list')

    const result = await audit.run(1, end)

    assert.equal(result.logsOnChain, chain.logsTo(end).length)
    assert.deepEqual(await storedPlaces(), placesOf(chain.logsTo(end)))
  })

  test('keep out what the only endpoint invents', async ({ assert }) => {
    const chain = sealedChain(100)
    const { read, end } = through(chain, invents)

    assert.isTrue(await read())

    assert.deepEqual(await storedPlaces(), placesOf(chain.logsTo(end)))
  })

  test('are refused where they make another root, and nothing else of that endpoint is stored', async ({
    assert,
  }) => {
    const { read, endpoints } = through(sealedChain(100), fabricates)

    assert.isFalse(await read())

    const stored = await storedPlaces()
    assert.isFalse(stored.some((place) => place.endsWith(':99')))
    assert.deepEqual(
      endpoints.marks().map(({ reason }) => reason),
      ['malformed']
    )
  })

  test('outvote any number of endpoints that show fewer logs', async ({ assert }) => {
    const chain = sealedChain(300)
    const { read, closeGaps, audit, end } = through(chain, blind, blind, null)

    await read()
    await closeGaps()
    await audit.run(1, end)

    assert.deepEqual(await storedPlaces(), placesOf(chain.logsTo(end)))
  })

  test('prove of one endpoint alone that a stored log is none', async ({ assert }) => {
    const chain = sealedChain(100)
    const { read, audit, end } = through(chain, null)
    await read()
    const { id, ...trade } = await db.from('trades').orderBy('id').firstOrFail()
    await db.table('trades').insert({ ...trade, log_index: 77, tx_hash: hashOf('invented', id) })

    const result = await audit.run(1, end)

    assert.containsSubset(result, { missing: 0, phantom: 1, unproven: 0 })
    assert.deepEqual(await storedPlaces(), placesOf(chain.logsTo(end)))
  })

  test('of another fork add nothing in an audit, though their endpoint is alone', async ({
    assert,
  }) => {
    const chain = sealedChain(100)
    await through(chain, null).read()
    const before = await storedPlaces()
    const fork = sealedChain(100)
    fork.reorg(60, 0)
    await db.from('trades').where('block_number', '>', 40).where('block_number', '<', 60).delete()
    const left = await storedPlaces()

    const result = await through(fork, null).audit.run(41, 59)

    assert.containsSubset(result, { missing: 0, phantom: 0, unproven: 19 })
    assert.deepEqual(await storedPlaces(), left)
    assert.isBelow(left.length, before.length)
  })
})

test.group('Headers that do not make their hashes', (group) => {
  group.tap((each) => each.tags(['@sqlite']))
  group.each.setup(() => emptyDatabase())

  test('are taken from no endpoint, where another one shows such as do', async ({ assert }) => {
    const chain = sealedChain(200)
    const { endpoints, read, end } = through(chain, null, altersHeaders)
    const [good, bad] = endpoints.endpoints
    await endpoints.askOnly(good!, (each) => readHeader(each, 1))
    good!.health.succeeded(100)

    const isRead = (await read()) || (await read())
    assert.isTrue(isRead)

    assert.deepEqual(await storedPlaces(), placesOf(chain.logsTo(end)))
    const { latest } = await db.from('trades').max('event_time as latest').firstOrFail()
    assert.isAtMost(Number(latest), chain.head.timestamp * 1000)
    const [mark] = endpoints.marks()
    assert.containsSubset(mark, { endpoint: bad!.name, reason: 'unproven_headers' })
  })
})

test.group('One endpoint alone that invents logs', (group) => {
  group.tap((each) => each.tags(['@sqlite']))
  group.each.setup(() => emptyDatabase())

  for (const [what, lie] of [
    ['whose receipts are true', invents],
    ['that serves no receipts', allOf(withoutReceipts, invents)],
  ] as const) {
    test(`adds nothing in an audit (one ${what})`, async ({ assert }) => {
      const chain = sealedChain(100)
      await through(chain, null).read()
      const before = await storedPlaces()

      await through(chain, lie).audit.run(1, 90)

      assert.deepEqual(await storedPlaces(), before)
    })
  }
})
