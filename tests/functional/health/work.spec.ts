import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { readPushHealth } from '#health/report'
import ScanHold from '#models/scan_hold'
import { emptyDatabase } from '#tests/support/database'
import { storeEndpoint } from '#tests/support/delivery'
import { storeLaunch, storeTrade } from '#tests/support/facts'
import { HEALTH_SETTINGS, storeCursor, storeProcess } from '#tests/support/push_health'
import { SettableClock } from '#tests/support/settable_clock'

const MINUTE = 60_000
const SECOND = 1_000

test.group('A check of who has to work', (group) => {
  group.each.setup(() => emptyDatabase())

  const clock = new SettableClock()
  const ago = (ms: number) => clock.now() - ms

  async function findings(settings = {}) {
    const all = { ...HEALTH_SETTINGS, isScanning: true, ...settings }
    const report = await readPushHealth(60 * MINUTE, clock.now(), all)
    return report.findings.map(({ level, message }) => `${level}: ${message}`)
  }

  /** Who reads the chain, and has stored a log of its last block. */
  async function readWell() {
    await storeProcess('scan:chain', clock.now())
    await storeCursor(clock.now())
  }

  test('finds nothing where all work', async ({ assert }) => {
    await readWell()
    await storeEndpoint('https://192.88.98.1/hooks')
    for (const kind of ['send:webhooks', 'check:push', 'web']) {
      await storeProcess(kind, ago(5 * SECOND))
    }
    assert.isEmpty(await findings())
  })

  test('finds that a process that is needed has never been at work', async ({ assert }) => {
    await storeEndpoint('https://192.88.98.1/hooks')

    assert.deepEqual(await findings(), [
      'degraded: send:webhooks has never been at work: start it',
      'degraded: no block of chain 56 was ever read: start scan:chain',
    ])
    assert.isEmpty(await findings({ isScanning: false, isPushing: false }))
  })

  test('finds a sender that is missing, whether it died or was stopped', async ({ assert }) => {
    await readWell()
    await storeEndpoint('https://192.88.98.1/hooks')
    await storeProcess('send:webhooks', ago(3 * MINUTE))
    assert.deepEqual(await findings(), ['degraded: send:webhooks has not been at work for 3 min'])

    await storeProcess('send:webhooks', ago(2 * MINUTE), { ended_at: ago(2 * MINUTE) })
    assert.deepEqual(await findings(), ['degraded: send:webhooks has not been at work for 2 min'])
    clock.pass(9 * MINUTE)
    await emptyDatabase()
    await readWell()
    await storeEndpoint('https://192.88.98.1/hooks')
    await storeProcess('send:webhooks', ago(11 * MINUTE))
    assert.deepEqual(await findings(), ['critical: send:webhooks has not been at work for 11 min'])
  })

  test('finds a process that lives and gets nowhere, and none that rests', async ({ assert }) => {
    await readWell()
    await storeProcess('scan:payments', clock.now(), { waiting_since: ago(4 * MINUTE) })
    await storeProcess('verify:orders', clock.now(), { waiting_since: null })
    assert.isEmpty(await findings())

    clock.pass(2 * MINUTE)
    await emptyDatabase()
    await readWell()
    const worksOn = { works_on: 'block 7 of chain 56' }
    const stuck = { ...worksOn, waiting_since: ago(6 * MINUTE) }
    await storeProcess('scan:payments', clock.now(), stuck)
    await storeProcess('verify:orders', clock.now(), { waiting_since: ago(11 * MINUTE) })
    // One that has died is missing, and one that was stopped is neither.
    await storeProcess('scan:gmgn', ago(60 * MINUTE), { ...stuck, ended_at: ago(60 * MINUTE) })
    assert.deepEqual(await findings(), [
      'critical: verify:orders lives, but has not got ahead for 11 min: restart it, and look at its log',
      'degraded: scan:payments lives, but has not got ahead for 6 min (block 7 of chain 56 was the last): restart it, and look at its log',
    ])
  })

  test('misses no sender where there is no endpoint to send to', async ({ assert }) => {
    await readWell()
    await storeProcess('send:webhooks', ago(30 * MINUTE), { ended_at: ago(30 * MINUTE) })

    assert.isEmpty(await findings())
  })

  test('takes a process that fails at its start for one that is missing', async ({ assert }) => {
    await readWell()
    await storeEndpoint('https://192.88.98.1/hooks')
    await storeProcess('send:webhooks', ago(4 * MINUTE))
    for (const seconds of [45, 30, 15, 1]) {
      await storeProcess('send:webhooks', ago(seconds * SECOND), {
        started_at: ago(seconds * SECOND),
      })
    }
    assert.deepEqual(await findings(), ['degraded: send:webhooks has not been at work for 4 min'])
  })

  test('finds nothing in the first minute after everything was started, however long it was off', async ({
    assert,
  }) => {
    await storeCursor(ago(120 * MINUTE))
    await storeEndpoint('https://192.88.98.1/hooks')
    await storeProcess('send:webhooks', ago(120 * MINUTE))
    await storeProcess('web', ago(SECOND), { started_at: ago(30 * SECOND) })
    assert.isEmpty(await findings())

    clock.pass(45 * SECOND)
    await storeProcess('web', clock.now(), { started_at: ago(75 * SECOND) })
    assert.deepEqual(await findings(), [
      'degraded: send:webhooks has not been at work for 2 h',
      'degraded: chain 56 was last read 2 h ago: is scan:chain at work?',
    ])
  })

  test('finds a scanner that has read no block since it was started', async ({ assert }) => {
    await storeProcess('scan:chain', clock.now(), { started_at: ago(50 * SECOND) })
    assert.isEmpty(await findings())

    await emptyDatabase()
    await storeProcess('scan:chain', clock.now(), { started_at: ago(11 * MINUTE) })
    assert.deepEqual(await findings(), [
      'critical: no block of chain 56 was ever read, for 11 min now: is scan:chain at work?',
    ])
  })

  test('finds that no RPC endpoint answers the scanner, also before the first block', async ({
    assert,
  }) => {
    const cutOff = { rpc_silent_since: ago(3 * MINUTE) }
    const told = [
      'degraded: no RPC endpoint has answered scan:chain for 3 min: is the network up, and are their URLs right?',
    ]
    await storeProcess('scan:chain', clock.now(), { started_at: ago(3 * MINUTE), ...cutOff })
    assert.deepEqual(await findings(), told)

    await storeCursor(ago(3 * MINUTE))
    assert.deepEqual(await findings(), told)
  })

  test('finds that nothing stands behind the reading, and that a reorg waits', async ({
    assert,
  }) => {
    await readWell()
    await storeProcess('scan:chain', clock.now(), { unproven_since: ago(90 * SECOND) })
    const blocks = { chain_id: 56, from_block: 101, to_block: 200 }
    const seen = { created_at: clock.now(), seen_at: clock.now() }
    const held = { kind: 'reorg', facts: 1200, covered: 5000, ...blocks, ...seen }
    await db.table('scan_holds').insert(held)
    const { id } = await ScanHold.firstOrFail()

    assert.deepEqual(await findings(), [
      `critical: a reorg of 100 blocks would take back 1200 facts, which is too much to be true: check the RPC endpoints, then node ace scan:holds --accept=${id}`,
      'degraded: nothing has stood behind what scan:chain reads for 2 min: name a second RPC endpoint, or one that serves eth_getBlockReceipts',
    ])
  })

  test('finds that the newest block is old, or of a time to come, though blocks are read', async ({
    assert,
  }) => {
    await storeProcess('scan:chain', clock.now())
    await storeCursor(ago(20 * SECOND), { head_late_ms: 30 * SECOND })
    assert.isEmpty(await findings())

    const told = async (lateMs: number) => {
      await db.from('scan_cursors').update({ head_late_ms: lateMs, updated_at: clock.now() })
      const [finding] = await findings()
      return finding?.replace(/: name .*/, '')
    }
    const newest = 'the newest block that RPC endpoints show of chain 56 is'
    assert.equal(await told(3 * MINUTE), `degraded: ${newest} 3 min old`)
    assert.equal(await told(-3 * MINUTE), `degraded: ${newest} 3 min ahead of the clock`)
    assert.equal(await told(11 * MINUTE), `critical: ${newest} 11 min old`)
  })

  test('finds that blocks stand still though endpoints answer', async ({ assert }) => {
    await storeProcess('scan:chain', clock.now())
    await storeCursor(ago(3 * MINUTE))

    assert.deepEqual(await findings(), [
      'degraded: chain 56 has had no new block for 3 min, though scan:chain is at work and RPC endpoints answer: have they fallen behind?',
    ])
  })

  test('finds that TRON is not read though another chain is', async ({ assert }) => {
    await readWell()
    await storeCursor(ago(3 * MINUTE), { name: 'chain:728126428', chain_id: 728_126_428 })
    assert.deepEqual(await findings(), [
      'degraded: chain 728126428 was last read 3 min ago: is scan:tron at work?',
    ])

    await storeProcess('scan:tron', clock.now(), { rpc_silent_since: ago(3 * MINUTE) })
    assert.deepEqual(await findings(), [
      'degraded: no RPC endpoint has answered scan:tron for 3 min: is the network up, and are their URLs right?',
    ])
  })

  test('misses no scanner where the chain was last read with --once to its end, and one that died on the way', async ({
    assert,
  }) => {
    await storeCursor(ago(30 * MINUTE))
    await storeProcess('scan:chain', ago(60 * MINUTE), { ended_at: ago(60 * MINUTE) })
    await storeProcess('scan:chain --once', ago(30 * MINUTE), { ended_at: ago(30 * MINUTE) })
    assert.isEmpty(await findings())

    await storeProcess('scan:chain --once', ago(20 * MINUTE))
    assert.deepEqual(await findings(), [
      'critical: chain 56 was last read 30 min ago: is scan:chain at work?',
    ])
  })

  test('finds that many blocks in a row had no log of any source, where that cannot be', async ({
    assert,
  }) => {
    await storeProcess('scan:chain', clock.now())
    await storeCursor(clock.now(), { from_block: 1 })
    await storeLaunch({ block_number: 69_990_000 })
    const trade = (blocksAgo: number) => storeTrade({ block_number: 70_000_000 - blocksAgo })
    const told = (level: string, blocks: number) => [
      `${level}: the last ${blocks} blocks of chain 56 had no log of any source: do the RPC endpoints serve logs?`,
    ]
    const planned = { isPushing: false }

    assert.deepEqual(await findings(planned), told('critical', 10_000))
    await trade(2_500)
    assert.deepEqual(await findings(planned), told('degraded', 2_500))
    assert.isEmpty(await findings({ ...planned, withoutLogs: null }))
    await trade(1_999)
    assert.isEmpty(await findings(planned))
  })

  test('waits for so many blocks to be read before it judges a first run, and for the head', async ({
    assert,
  }) => {
    await storeProcess('scan:chain', clock.now())
    await storeCursor(clock.now(), { from_block: 69_998_500 })
    assert.isEmpty(await findings())

    await emptyDatabase()
    await storeProcess('scan:chain', clock.now())
    await storeCursor(clock.now(), { from_block: 1, head_block: 79_000_000 })
    assert.deepEqual(await findings(), [
      'degraded: the scanner of chain 56 is 9000000 blocks behind',
    ])
  })

  test('finds any process that died, and none that was stopped', async ({ assert }) => {
    await readWell()
    await storeProcess('scan:payments', ago(3 * MINUTE))
    await storeProcess('scan:gmgn', ago(3 * MINUTE), { ended_at: ago(3 * MINUTE) })

    assert.deepEqual(await findings(), ['degraded: scan:payments has not been at work for 3 min'])
  })
})
