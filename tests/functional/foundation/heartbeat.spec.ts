import { test } from '@japa/runner'
import { Heartbeat } from '#foundation/db/heartbeat'
import { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import ProcessHeartbeat from '#models/process_heartbeat'
import { RpcServer } from '#tests/support/chain/rpc_server'
import { TestChain } from '#tests/support/chain/test_chain'
import { emptyDatabase } from '#tests/support/database'
import { SettableClock } from '#tests/support/settable_clock'

const HOUR = 3_600_000

test.group('A heartbeat', (group) => {
  group.each.setup(() => emptyDatabase())

  let clock: SettableClock
  group.each.setup(() => void (clock = new SettableClock()))

  const heartbeat = (rpcSilentSince?: () => number | null) =>
    new Heartbeat({ kind: 'scan:chain', version: '1.2.3', clock, rpcSilentSince })

  test('says who lives, since when, and when it was told to end', async ({ assert }) => {
    const startedAt = clock.now()
    const beating = heartbeat()
    await beating.beat()
    clock.pass(5000)
    await beating.beat()

    const alive = await ProcessHeartbeat.firstOrFail()
    assert.containsSubset(alive.$attributes, {
      kind: 'scan:chain',
      pid: process.pid,
      version: '1.2.3',
      startedAt,
      beatAt: startedAt + 5000,
      endedAt: null,
      rpcSilentSince: null,
    })

    clock.pass(5000)
    await beating.stop()

    const [ended, ...more] = await ProcessHeartbeat.all()
    assert.isEmpty(more)
    assert.equal(ended!.endedAt, startedAt + 10_000)
  })

  test('says since when no RPC endpoint answers, until one does', async ({ assert, cleanup }) => {
    const server = await RpcServer.start(new TestChain(1))
    cleanup(() => server.close())
    const pool = new EndpointPool([server.url], 56, clock)
    const beating = heartbeat(() => pool.silentSince())
    const silence = async () => {
      await beating.beat()
      const { rpcSilentSince } = await ProcessHeartbeat.firstOrFail()
      return rpcSilentSince
    }
    const fail = () =>
      pool.ask(() => Promise.reject(new RpcFailure('transient', 'down'))).catch(() => {})
    assert.isNull(await silence())

    const failedAt = clock.now()
    await fail()
    clock.pass(30_000)
    await fail()
    assert.equal(await silence(), failedAt)

    await pool.ask(async () => 'a block')
    assert.isNull(await silence())

    await fail()
    clock.pass(HOUR)
    assert.isNull(await silence(), 'no call was made for an hour')
  })

  test('takes away what others of its kind left behind long ago', async ({ assert }) => {
    await heartbeat().beat()
    clock.pass(HOUR / 2)
    await heartbeat().beat()
    clock.pass(HOUR / 2 + 1)
    await heartbeat().beat()

    const left = await ProcessHeartbeat.query().orderBy('id')
    assert.deepEqual(
      left.map(({ beatAt }) => clock.now() - beatAt),
      [HOUR / 2 + 1, 0]
    )
  })
})
