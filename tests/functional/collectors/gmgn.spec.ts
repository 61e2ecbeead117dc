import { test } from '@japa/runner'
import type { Logger } from '@adonisjs/core/logger'
import appLogger from '@adonisjs/core/services/logger'
import { Audit } from '#collectors/evm/audit'
import { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { GmgnApi } from '#collectors/gmgn/gmgn_api'
import { type GmgnFailure } from '#collectors/gmgn/read_answer'
import { GmgnScanner } from '#collectors/gmgn/gmgn_scanner'
import { pruneFacts } from '#collectors/store/prune_facts'
import { createCursor } from '#collectors/store/cursor'
import { retractAfter } from '#collectors/store/retract'
import { writeTransaction } from '#foundation/db/transaction'
import LaunchEvent from '#models/launch_event'
import QuarantinedLog from '#models/quarantined_log'
import ScanCursor from '#models/scan_cursor'
import SourcePoll from '#models/source_poll'
import { sources } from '#sources/venues'
import { RpcServer } from '#tests/support/chain/rpc_server'
import { TestChain } from '#tests/support/chain/test_chain'
import { emptyDatabase } from '#tests/support/database'
import { someAddress, storeLaunch } from '#tests/support/facts'
import { GMGN_KEY, GmgnServer } from '#tests/support/gmgn_server'
import { loggedLines } from '#tests/support/logged_lines'
import { refuseRows } from '#tests/support/refused_rows'
import { SettableClock } from '#tests/support/settable_clock'

const INTERVAL_MS = 5_000

async function start({
  key = GMGN_KEY,
  newId,
  logger = appLogger,
}: { key?: string; newId?: () => string; logger?: Logger } = {}) {
  const clock = new SettableClock()
  const server = await GmgnServer.start(clock)
  const api = new GmgnApi({ url: server.url, key, userAgent: 'regou/test', clock, newId })
  const open = () => new GmgnScanner({ chainId: 56, api, intervalMs: INTERVAL_MS, clock, logger })
  const seconds = () => Math.floor(clock.now() / 1000)
  return { clock, server, api, open, seconds, scanner: open() }
}

type Started = Awaited<ReturnType<typeof start>>

/** Polls once more, after the usual time. */
async function pollAgain({ clock, scanner }: Started) {
  clock.pass(INTERVAL_MS)
  return scanner.poll()
}

async function failureOf(api: GmgnApi): Promise<GmgnFailure> {
  return api.trenches().then(
    () => Promise.reject(new Error('it was answered')),
    (error) => error
  )
}

const fullList = (columns: object) =>
  Array.from({ length: 90 }, () => ({ address: someAddress(), ...columns }))

test.group('GMGN’s API', () => {
  test('answers three lists, the one close to completion under another name', async (ctx) => {
    const { api, server } = await start()
    server.lists.new_creation.push({ address: 'a' })
    server.lists.near_completion.push({ address: 'b' })
    server.lists.completed.push({ address: 'c' })

    ctx.assert.deepEqual(await api.trenches(), {
      newCreation: [{ address: 'a' }],
      nearCompletion: [{ address: 'b' }],
      completed: [{ address: 'c' }],
    })
  })

  test('a wrong key is said to be one', async ({ assert }) => {
    const { api } = await start({ key: 'wrong' })
    const failure = await failureOf(api)

    assert.equal(failure.kind, 'auth')
    assert.match(failure.message, /AUTH_KEY_INVALID.*Check GMGN_API_KEY/)
  })

  for (const [aheadMs, words] of [
    [42_000, '42 s behind'],
    [-42_000, '42 s ahead of'],
  ] as const) {
    test(`a clock that is ${words} is said to be the cause`, async ({ assert }) => {
      const { api, server } = await start()
      server.aheadMs = aheadMs
      const failure = await failureOf(api)

      assert.equal(failure.kind, 'auth')
      assert.include(failure.message, `The clock of this machine is ${words} GMGN's`)
    })
  }

  test('no client id is used twice', async ({ assert }) => {
    const id = '6d7e4b0e-9f5e-4c39-9a0a-1f1f7c8f0a11'
    const { api, clock } = await start({ newId: () => id })
    await api.trenches()
    const failure = await failureOf(api)
    assert.include(failure.message, 'AUTH_CLIENT_ID_REPLAYED')
    clock.pass(7_000)
    await api.trenches()

    const fresh = await start()
    await fresh.api.trenches()
    await fresh.api.trenches()
  })

  test('a code that is not 0 is an error, whatever the HTTP status', async ({ assert }) => {
    const { api, server } = await start()
    const body = JSON.stringify({ code: 50001, error: 'INTERNAL', message: 'try later' })
    server.fault = () => ({ status: 200, body })
    const failure = await failureOf(api)

    assert.equal(failure.kind, 'refused')
    assert.equal(failure.message, 'HTTP 200, code 50001: INTERNAL: try later')
  })

  test('an answer that is no JSON, lacks a list, or comes with another status is an error', async (ctx) => {
    const { api, clock, server } = await start()
    for (const [status, body] of [
      [200, '<html>Cloudflare</html>'],
      [200, 'null'],
      [200, '{"code":null,"data":{"new_creation":[],"pump":[],"completed":[]}}'],
      [200, '{"code":0}'],
      [200, '{"code":0,"data":{"new_creation":[],"pump":[]}}'],
      [503, '{"code":0,"data":{}}'],
    ] as const) {
      clock.pass(1000)
      server.fault = () => ({ status, body })
      const failure = await failureOf(api)
      ctx.assert.equal(failure.kind, 'refused')
    }
  })

  test('a ban that ends in a far future is waited out for an hour', async ({ assert }) => {
    const { api, clock, server } = await start()
    const body = JSON.stringify({ code: 429, reset_at: clock.now() })
    server.fault = () => ({ status: 429, body })
    const { resumeAt } = await failureOf(api)

    assert.equal(resumeAt! - clock.now(), 3_601_000)
  })

  test('no answer at all is an error, too', async ({ assert }) => {
    const clock = new SettableClock()
    const api = new GmgnApi({ url: 'http://127.0.0.1:1', key: 'k', userAgent: 'u', clock })
    const failure = await failureOf(api)
    assert.match(failure.message, /^no answer: .*ECONNREFUSED/)
  })
})

test.group('Polling GMGN', (group) => {
  group.each.setup(() => emptyDatabase())

  test('stores what is new, with values as numbers or as text, and keeps the row', async (ctx) => {
    const { assert } = ctx
    const started = await start()
    await started.scanner.poll()
    const [token, done, near] = [someAddress(), someAddress(), someAddress()]
    const created = {
      address: token.toUpperCase().replace('0X', '0x'),
      symbol: 'A\u202E',
      name: '火箭',
    }
    started.server.lists.new_creation.push({ ...created, created_timestamp: started.seconds() + 1 })
    started.server.lists.near_completion.push({
      address: near,
      created_timestamp: String(started.seconds() + 2),
    })
    started.server.lists.completed.push({
      address: done,
      complete_timestamp: `${started.seconds() + 3}`,
    })
    started.server.lists.completed.push({ no: 'address' }, null as never, { address: 7 })

    await pollAgain(started)
    await pollAgain(started)

    const rows = await LaunchEvent.query().orderBy('eventTime')
    assert.deepEqual(
      rows.map((row) => [row.kind, row.tokenAddress, row.launchTx]),
      [
        ['created', token, `gmgn:created:${token}`],
        ['created', near, `gmgn:created:${near}`],
        ['graduated', done, `gmgn:graduated:${done}`],
      ]
    )
    assert.containsSubset(rows[0]!.$attributes, { source: 'gmgn', symbol: 'A', name: '火箭' })
    assert.equal(rows[0]!.eventTime, (started.seconds() - 9) * 1000)
    assert.equal(JSON.parse(rows[0]!.raw).symbol, 'A\u202E')
  })

  test('one row that the database refuses is kept aside, the others are stored', async (ctx) => {
    const started = await start({ logger: loggedLines().logger })
    await started.scanner.poll()
    await refuseRows('launch_events', 'symbol', 'BAD')
    const [good, bad, undated] = [someAddress(), someAddress(), someAddress()]
    started.server.lists.new_creation.push(
      { address: good, symbol: 'GOOD', created_timestamp: started.seconds() + 1 },
      { address: bad, symbol: 'BAD', created_timestamp: started.seconds() + 1 },
      { address: undated, symbol: 'UNDATED', created_timestamp: 1e18 }
    )

    await pollAgain(started)
    await pollAgain(started)

    const rows = await LaunchEvent.query().orderBy('symbol')
    ctx.assert.deepEqual(
      rows.map(({ tokenAddress }) => tokenAddress),
      [good, undated]
    )
    ctx.assert.isBelow(rows[1]!.eventTime, started.clock.now())
    const kept = await QuarantinedLog.all()
    ctx.assert.deepEqual(
      kept.map(({ address, source }) => [source, address]),
      [['gmgn', bad]]
    )
  })

  test('what happened before the first poll is not news, also after a restart', async (ctx) => {
    const started = await start()
    const row = { address: someAddress(), created_timestamp: started.seconds() - 60 }
    started.server.lists.new_creation.push(row)

    await started.scanner.poll()
    started.clock.pass(INTERVAL_MS)
    await started.open().poll()

    ctx.assert.isEmpty(await LaunchEvent.all())
  })

  test('what was read from the chain is not stored again', async ({ assert }) => {
    const started = await start()
    await started.scanner.poll()
    const token = someAddress()
    await storeLaunch({ token_address: token, kind: 'created' })
    started.server.lists.new_creation.push({ address: token, created_timestamp: started.seconds() })
    started.server.lists.completed.push({ address: token, complete_timestamp: started.seconds() })

    await pollAgain(started)

    const rows = await LaunchEvent.query().where('source', 'gmgn')
    assert.deepEqual(
      rows.map(({ kind }) => kind),
      ['graduated']
    )
  })

  test('the chain goes first: a launch waits until the scanner has passed it', async (ctx) => {
    const { assert } = ctx
    const started = await start()
    const { clock, scanner, server, seconds } = started
    await createCursor('chain:56', 56, { blockNumber: 9, blockHash: null }, clock.now())
    const scannerReads = (behind: number) =>
      ScanCursor.query().update({ head_block: 9 + behind, updated_at: clock.now() })
    await scanner.poll()
    const [told, untold] = [someAddress(), someAddress()]
    server.lists.new_creation.push(
      { address: told, created_timestamp: seconds() },
      { address: untold, created_timestamp: seconds() }
    )

    await scannerReads(1)
    await pollAgain(started)
    server.lists.new_creation.length = 0
    await scannerReads(0)
    await pollAgain(started)
    assert.isEmpty(await LaunchEvent.all())

    await storeLaunch({ token_address: told, kind: 'created' })
    clock.pass(10_000)
    await scannerReads(0)
    await pollAgain(started)
    const rows = await LaunchEvent.query().where('source', 'gmgn')
    assert.deepEqual(
      rows.map((row) => row.tokenAddress),
      [untold]
    )
  })

  test('a scanner that is down holds a launch up for a minute, not for ever', async ({
    assert,
  }) => {
    const started = await start()
    await createCursor('chain:56', 56, { blockNumber: 9, blockHash: null }, 0)
    await started.scanner.poll()
    const row = { address: someAddress(), created_timestamp: started.seconds() }
    started.server.lists.new_creation.push(row)

    await pollAgain(started)
    assert.isEmpty(await LaunchEvent.all())
    started.clock.pass(60_000)
    await pollAgain(started)
    assert.lengthOf(await LaunchEvent.all(), 1)
  })

  test('a full list without a known row may have lost some, and the log says so', async (ctx) => {
    const { assert } = ctx
    const started = await start()
    const { server, seconds } = started
    const losses = async () => {
      const poll = await SourcePoll.findOrFail('gmgn')
      return poll.possibleLosses
    }
    server.lists.new_creation.push(...fullList({ created_timestamp: seconds() + 5 }))
    await started.scanner.poll()
    assert.equal(await losses(), 0)

    const overlapping = fullList({ created_timestamp: seconds() + 5 })
    overlapping[79] = server.lists.new_creation[0] as never
    server.lists.new_creation.splice(0, 90, ...overlapping)
    await pollAgain(started)
    assert.equal(await losses(), 0)

    server.lists.new_creation.splice(0, 90, ...fullList({ created_timestamp: seconds() + 5 }))
    await pollAgain(started)
    assert.equal(await losses(), 1)
    const poll = await SourcePoll.findOrFail('gmgn')
    assert.equal(poll.lastLossAt, started.clock.now())
  })

  test('a ban is waited out without a single request, also over a restart', async ({ assert }) => {
    const started = await start()
    const { api, clock, server } = started
    await api.trenches()
    await api.trenches()
    const waitMs = await started.scanner.poll()
    assert.equal(server.requests, 3)
    assert.isAtLeast(clock.now() + waitMs, server.bannedUntil)

    clock.pass(waitMs - 1500)
    await started.open().poll()
    assert.equal(server.requests, 3)

    clock.pass(1500)
    assert.equal(await started.open().poll(), INTERVAL_MS)
    assert.equal(server.requests, 4)
  })

  test('a ban grows with every request that is made during it', async ({ assert }) => {
    const { api, clock } = await start()
    await api.trenches()
    await api.trenches()

    const failures = [await failureOf(api), await failureOf(api), await failureOf(api)]
    assert.deepEqual(
      failures.map(({ resumeAt }) => resumeAt! - clock.now()),
      [6_000, 11_000, 16_000]
    )
  })

  test('each failure in a row doubles the wait, and an answer ends that', async (ctx) => {
    const { assert } = ctx
    const started = await start()
    started.server.fault = () => ({ status: 500, body: 'oops' })
    assert.deepEqual(
      [await pollAgain(started), await pollAgain(started), await pollAgain(started)],
      [5_000, 10_000, 20_000]
    )
    started.server.fault = () => undefined
    assert.equal(await pollAgain(started), INTERVAL_MS)
  })

  test('no reorg, audit or pruning changes what GMGN told', async (ctx) => {
    const { assert } = ctx
    const started = await start()
    await started.scanner.poll()
    const row = { address: someAddress(), created_timestamp: started.seconds() }
    started.server.lists.new_creation.push(row)
    await pollAgain(started)
    const chain = new TestChain(1)
    chain.mine(5)
    const node = await RpcServer.start(chain)
    ctx.cleanup(() => node.close())
    const { clock } = started
    const endpoints = new EndpointPool([node.url], 56, clock)

    await writeTransaction((trx) => retractAfter(trx, 56, -1, clock.now()))
    await new Audit({ chainId: 56, endpoints, sources, batchSize: 100, clock }).run(0, 5)
    clock.pass(1_000_000)
    await pruneFacts(56, { launch_events: 1 }, clock)

    const launch = await LaunchEvent.findByOrFail('source', 'gmgn')
    assert.isNull(launch.removedAt)
  })
})
