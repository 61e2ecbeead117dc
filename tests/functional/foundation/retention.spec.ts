import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import retentionConfig from '#config/retention'
import { TablePruner } from '#foundation/db/retention'
import { emptyDatabase } from '#tests/support/database'
import { someAddress, storeLaunch, storePool, storeTrade } from '#tests/support/facts'
import { SettableClock } from '#tests/support/settable_clock'

const DAY = 86_400_000
const NOW = 1_780_000_000_000

/** What Lucid keeps of migrations. */
const MIGRATIONS = ['adonis_schema', 'adonis_schema_versions']

async function storeGap(block: number, closedDaysAgo: number | null) {
  await db.table('scan_gaps').insert({
    chain_id: 56,
    from_block: block,
    to_block: block,
    reason: 'pruned',
    next_try_at: 0,
    created_at: 0,
    closed_at: closedDaysAgo === null ? null : NOW - closedDaysAgo * DAY,
  })
}

async function storeAudits(daysAgo: number, count: number) {
  const audit = { chain_id: 56, from_block: 1, to_block: 2, logs_on_chain: 0, repaired: 0 }
  const rows = Array.from({ length: count }, () => ({
    ...audit,
    missing: 0,
    phantom: 0,
    created_at: NOW - daysAgo * DAY,
  }))
  await db.connection().getWriteClient().batchInsert('scan_audits', rows, 100)
}

const blocksOf = async (table: string) => {
  const rows = await db.from(table).orderBy('id')
  return rows.map(({ from_block: block }) => Number(block))
}

test.group('How long rows are kept', (group) => {
  group.each.setup(() => emptyDatabase())

  test('every table has a rule, or a reason why it needs none', async ({ assert }) => {
    const named = Object.values(retentionConfig).flatMap((rules) => Object.keys(rules))
    const tables = await db.connection().getAllTables(['public'])
    const own = tables.filter((table) => !MIGRATIONS.includes(table))

    assert.deepEqual(
      { withoutRule: own.filter((table) => !named.includes(table)) },
      { withoutRule: [] }
    )
    assert.sameMembers(named, own)
  })

  test('every rule can be carried out', async ({ assert }) => {
    const { scanning, okx, delivery } = retentionConfig
    await storeAudits(31, 1)

    await new TablePruner({ ...scanning, ...okx, ...delivery }, new SettableClock(NOW)).prune()

    assert.isEmpty(await db.from('scan_audits'))
  })

  test('rows go when their time is over, more than one step at a time', async ({ assert }) => {
    await storeAudits(31, 1001)
    await storeAudits(29, 2)
    const pruner = new TablePruner(
      { scan_audits: { keptMs: 30 * DAY, since: 'created_at' } },
      new SettableClock(NOW)
    )

    await pruner.prune()

    assert.lengthOf(await db.from('scan_audits'), 2)
  })

  test('rows whose time has not come yet go later, and rows without a time stay', async ({
    assert,
  }) => {
    await storeGap(1, 31)
    await storeGap(2, 29)
    await storeGap(3, null)
    const clock = new SettableClock(NOW)
    const pruner = new TablePruner({ scan_gaps: { keptMs: 30 * DAY, since: 'closed_at' } }, clock)

    await pruner.prune()
    assert.deepEqual(await blocksOf('scan_gaps'), [2, 3])

    clock.pass(2 * DAY)
    await pruner.prune()
    assert.deepEqual(await blocksOf('scan_gaps'), [3])
  })

  test('numbered rows that came while others were looked at go in their turn', async ({
    assert,
  }) => {
    await storeAudits(2, 1)
    await storeAudits(0, 1)
    const rule = { keptMs: DAY, since: 'created_at', where: 'missing = 0' }
    const clock = new SettableClock(NOW)
    const pruner = new TablePruner({ scan_audits: rule }, clock)

    await pruner.prune()
    assert.lengthOf(await db.from('scan_audits'), 1)

    clock.pass(2 * DAY)
    await pruner.prune()
    assert.isEmpty(await db.from('scan_audits'))
  })

  test('what is known of a token that was never traded goes, and its launch stays', async ({
    assert,
  }) => {
    const [untraded, moved, traded] = [someAddress(), someAddress(), someAddress()]
    for (const address of [untraded, moved, traded]) {
      await db.table('tokens').insert({ chain_id: 56, address, source: 'four', created_at: 0 })
      await storeLaunch({ token_address: address })
      const place = { block_number: 100, log_index: 3 }
      const priceAt = address === moved ? 100_000_004 : 100_000_003
      await storePool({ ...place, token_address: address, pool_id: address, price_at: priceAt })
    }
    await storeTrade({ token_address: traded, pool_id: traded })
    const { tokens } = retentionConfig.scanning

    await new TablePruner({ tokens }, new SettableClock(NOW)).prune()

    const left = await db.from('tokens').orderBy('id')
    assert.deepEqual(
      left.map(({ address }) => address),
      [moved, traded]
    )
    assert.lengthOf(await db.from('launch_events'), 3)
  })
})
