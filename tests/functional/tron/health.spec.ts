import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { RecordCache } from '#feed/tron/record_cache'
import { SharedCommitWatcher } from '#foundation/db/shared_commit_watcher'
import { tronDataHealth } from '#health/tron'
import TronAccountCheck from '#models/tron_account_check'
import { emptyDatabase } from '#tests/support/database'
import {
  someTronAddress,
  storeTronBlocks,
  timeOf,
  tronBlock,
  tronRecord,
  TRON,
} from '#tests/support/tron_records'

const NO_CACHE = { hitRate: null, keyCount: 0, memoryUsage: '0.0MB', hits: 0, misses: 0 }
const MINUTE_MS = 60_000

test.group('The health of TRON data', (group) => {
  group.each.setup(() => emptyDatabase())

  test('nothing is healthy before a block was stored, and it is served without a token', async ({
    client,
    assert,
  }) => {
    for (const path of ['/tron-data-health', '/health/tron-data-health']) {
      const answered = await client.get(path)
      const { status, metrics } = answered.body()
      assert.equal(status, 'warning')
      assert.containsSubset(metrics, { listenerStatus: 'offline', dataLatency: null })
    }
  })

  test('fresh blocks are healthy, with what stands behind them', async ({ assert }) => {
    const withdraw = tronRecord({ kind: 'withdraw', resource: null, infoState: 'single' })
    const stored = timeOf(101) + 57_000
    await storeTronBlocks([tronBlock(100, [withdraw]), tronBlock(101, [], { proof: 'agreed' })], {
      now: stored,
    })

    const { status, metrics } = await tronDataHealth(TRON, NO_CACHE, stored + 1000)

    assert.equal(status, 'healthy')
    assert.containsSubset(metrics, {
      listenerStatus: 'online',
      dataLatency: 58_000,
      syncSuccessRate: 1,
      proven: 1,
      agreed: 1,
      single: 0,
      amounts: { agreed: 0, single: 1, missing: 0 },
      lagTrend: 'steady',
      etaSeconds: 0,
    })
    const few = await tronDataHealth(TRON, { ...NO_CACHE, hitRate: 0.8 }, stored)
    assert.equal(few.status, 'warning')
  })

  test('a reader that is behind tells when it will have caught up', async ({ assert }) => {
    const began = timeOf(10_000)
    // In five minutes it reads fifteen: 200 blocks more than there were new ones.
    await storeTronBlocks([tronBlock(1000)], { now: began })
    await storeTronBlocks([tronBlock(1300)], { now: began + 5 * MINUTE_MS })

    const { status, metrics } = await tronDataHealth(TRON, NO_CACHE, began + 5 * MINUTE_MS)

    assert.equal(status, 'warning')
    assert.equal(metrics.lagTrend, 'shrinking')
    // It is 8800 blocks behind, and gains two seconds in each.
    assert.equal(metrics.etaSeconds, (8_800 * 3) / 2)
  })

  test('an account counts as differing until a later check agrees', async ({ assert }) => {
    const check = { chainId: TRON, fromBlock: 1, toBlock: 2, state: {}, createdAt: 1 }
    const address = someTronAddress()
    await TronAccountCheck.create({ ...check, address, verdict: 'differs' })
    const before = await tronDataHealth(TRON, NO_CACHE, 1)
    await TronAccountCheck.create({ ...check, address, verdict: 'agrees' })
    const after = await tronDataHealth(TRON, NO_CACHE, 1)

    assert.deepEqual(
      [before, after].map(({ metrics }) => metrics.accountsDiffering),
      [1, 0]
    )
  })

  test('there is no hit rate before a hundred requests', async ({ assert, cleanup }) => {
    const [manager, commits] = await Promise.all([
      app.container.make('cache.manager'),
      app.container.make(SharedCommitWatcher),
    ])
    const records = new RecordCache(manager, commits, null)
    cleanup(() => records.close())
    const address = someTronAddress()
    const ask = () => records.get({ key: address, address, keptMs: 60_000 }, async () => 'answer')

    for (let asked = 1; asked < 100; asked++) await ask()
    assert.containsSubset(records.stats(), { hitRate: null, hits: 98, misses: 1 })
    await ask()
    assert.equal(records.stats().hitRate, 0.99)
  })

  test('what is kept is counted and measured, until a commit makes it stale', async ({
    client,
    assert,
  }) => {
    const manager = await app.container.make('cache.manager')
    await manager.clear()
    const owner = someTronAddress()
    const page = () => client.get('/api/stake/records').qs({ pool_account_id: owner })
    const cacheStats = async () => {
      const records = await app.container.make(RecordCache)
      return records.stats()
    }
    const before = await cacheStats()
    await page()
    const kept = await cacheStats()
    // A page, and the total of all pages.
    assert.equal(kept.keyCount, before.keyCount + 2)
    assert.match(kept.memoryUsage, /^\d+\.\dMB$/)

    await storeTronBlocks([tronBlock(100, [tronRecord({ kind: 'freeze', owner })])])
    await client.get('/api/v1/summary').qs({ address: someTronAddress() })
    const after = await cacheStats()
    assert.equal(after.keyCount, before.keyCount + 1)
  })
})
