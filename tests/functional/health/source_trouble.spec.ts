import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { Heartbeat } from '#foundation/db/heartbeat'
import { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { readHead } from '#foundation/rpc/read_head'
import { readPushHealth } from '#health/report'
import { RpcServer } from '#tests/support/chain/rpc_server'
import { TestChain } from '#tests/support/chain/test_chain'
import { emptyDatabase } from '#tests/support/database'
import { HEALTH_SETTINGS, storeCursor, storeProcess } from '#tests/support/push_health'
import { SettableClock } from '#tests/support/settable_clock'

const MINUTE = 60_000

test.group('A check of what is read', (group) => {
  group.each.setup(() => emptyDatabase())

  const clock = new SettableClock()
  const ago = (ms: number) => clock.now() - ms

  async function findings() {
    const report = await readPushHealth(60 * MINUTE, clock.now(), HEALTH_SETTINGS)
    return report.findings.map(({ level, message }) => `${level}: ${message}`)
  }

  async function storeScanner(reason: string, trusted: number) {
    const mark = { endpoint: 'bsc.example.com', reason, detail: 'as seen', since: 0, until: 0 }
    const columns = { endpoint_marks: JSON.stringify([mark]), trusted_endpoints: trusted }
    await storeProcess('scan:chain', clock.now(), columns)
    await storeCursor(clock.now())
  }

  const limits = 'bsc.example.com does not say which block is final'
  const cases = [
    ['hides_logs', 1, 'degraded: scan:chain: bsc.example.com leaves out logs (as seen)'],
    ['hides_logs', 0, 'critical: scan:chain: bsc.example.com leaves out logs (as seen)'],
    ['no_finalized', 1, `degraded: scan:chain: ${limits}`],
  ] as const
  for (const [reason, trusted, expected] of cases) {
    test(`finds an endpoint that was caught (${reason}), with ${trusted} others that may be believed`, async ({
      assert,
    }) => {
      await storeScanner(reason, trusted)
      const [found, ...others] = await findings()
      assert.isTrue(found?.startsWith(expected), found)
      assert.isEmpty(others)
    })
  }

  test('finds nothing in an endpoint that cannot be asked for single blocks', async ({
    assert,
  }) => {
    await storeScanner('ranges_only', 1)
    assert.isEmpty(await findings())
  })

  test('finds that an endpoint refuses its key, while others answer', async ({
    assert,
    cleanup,
  }) => {
    const chain = new TestChain(1)
    chain.mine(5)
    const servers = [await RpcServer.start(chain), await RpcServer.start(chain)]
    cleanup(async () => {
      await Promise.all(servers.map((server) => server.close()))
    })
    servers[0]!.fault = () => ({ status: 401, body: 'bad key' })
    const pool = new EndpointPool(
      servers.map(({ url }) => url),
      56,
      clock
    )
    await readHead(pool, 'latest')
    const endpoints = () => ({ marks: pool.marks(), trusted: pool.unmarked.length })
    const heartbeat = new Heartbeat({ kind: 'scan:chain', version: '1', clock, endpoints })
    await storeCursor(clock.now())
    await heartbeat.beat()
    clock.pass(5000)
    await heartbeat.beat()

    const found = await findings()
    assert.lengthOf(found, 1)
    assert.match(found[0]!, /^degraded: scan:chain: 127\.0\.0\.1:\d+ refuses its key/)
  })

  test('finds a source that is polled and has not answered for long', async ({ assert }) => {
    await storeCursor(clock.now())
    await storeProcess('scan:chain', clock.now())
    await db
      .table('source_polls')
      .insert({ name: 'gmgn', from_time: 0, polled_at: ago(3 * MINUTE) })
    assert.isEmpty(await findings())

    await storeProcess('scan:gmgn', clock.now())
    assert.deepEqual(await findings(), [
      'degraded: gmgn has not been read for 3 min, though scan:gmgn is at work: is its key right?',
    ])

    await db.from('source_polls').update({ polled_at: ago(6_000) })
    assert.isEmpty(await findings())
  })

  async function storeAudit(from: number, to: number, columns: object) {
    await db.table('scan_audits').insert({
      chain_id: 56,
      from_block: from,
      to_block: to,
      logs_on_chain: 10,
      missing: 0,
      phantom: 0,
      repaired: 0,
      created_at: clock.now(),
      ...columns,
    })
  }

  test('finds audits that could not check blocks, until a later one has', async ({ assert }) => {
    await storeCursor(clock.now())
    await storeProcess('scan:chain', clock.now())
    await storeAudit(1, 100, { unchecked: 40 })
    await storeAudit(101, 200, { unchecked: 2 })
    assert.deepEqual(await findings(), [
      'degraded: 42 blocks of chain 56 could not be checked by an audit',
    ])

    await storeAudit(1, 150, {})
    await storeAudit(101, 200, { missing: 3, repaired: 3 })
    assert.isEmpty(await findings())
  })

  test('finds an audit that stopped before it took back too much', async ({ assert }) => {
    await storeCursor(clock.now())
    await storeProcess('scan:chain', clock.now())
    await storeAudit(1, 100, { missing: 1, phantom: 50, repaired: 1 })

    const [found] = await findings()
    assert.match(found!, /^critical: an audit of chain 56 left 50 facts as they are/)
  })
})
