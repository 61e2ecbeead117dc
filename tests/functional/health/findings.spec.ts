import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { readPushHealth } from '#health/report'
import { emptyDatabase } from '#tests/support/database'
import { storeEndpoint } from '#tests/support/delivery'
import { storeTrade } from '#tests/support/facts'
import { HEALTH_SETTINGS, storeCursor, storeProcess } from '#tests/support/push_health'
import { SettableClock } from '#tests/support/settable_clock'

const MINUTE = 60_000

test.group('What a check finds', (group) => {
  group.each.setup(() => emptyDatabase())

  const clock = new SettableClock()

  async function findings(settings = HEALTH_SETTINGS) {
    const report = await readPushHealth(60 * MINUTE, clock.now(), settings)
    return report.findings.map(({ level, message }) => `${level}: ${message}`)
  }

  test('a scanner that was silent, and not a backfill that has ended', async ({ assert }) => {
    await storeCursor(clock.now() - 3 * MINUTE)
    await storeCursor(0, { name: 'backfill:56:four:1-2' })

    assert.deepEqual(await findings(), [
      'degraded: chain 56 was last read 3 min ago: is scan:chain at work?',
    ])
  })

  test('a scanner that is behind', async ({ assert }) => {
    await storeCursor(clock.now(), { head_block: 70_000_500 })

    assert.deepEqual(await findings(), ['degraded: the scanner of chain 56 is 500 blocks behind'])
  })

  test('blocks that could not be read for long, each once, and not those of a moment ago', async ({
    assert,
  }) => {
    for (const [block, minutes] of [
      [100, 11],
      [105, 1],
    ]) {
      await db.table('scan_gaps').insert({
        chain_id: 56,
        from_block: block,
        to_block: block! + 9,
        reason: 'pruned',
        next_try_at: 0,
        created_at: clock.now() - minutes! * MINUTE,
      })
    }
    assert.deepEqual(await findings(), ['degraded: 15 blocks in 2 gaps could not be read yet'])

    await db.from('scan_gaps').where('from_block', 100).update({ closed_at: clock.now() })
    assert.isEmpty(await findings())
  })

  test('facts that are not planned, where there is an endpoint to push to', async ({ assert }) => {
    await storeTrade({ created_at: clock.now() - 11 * MINUTE })
    assert.isEmpty(await findings())

    await storeEndpoint('https://192.88.98.1/hooks')
    await storeProcess('send:webhooks', clock.now())
    assert.deepEqual(await findings(), [
      'critical: 1 facts wait to be planned, the oldest for 11 min: is send:webhooks at work?',
    ])
    assert.isEmpty(await findings({ ...HEALTH_SETTINGS, isPushing: false }))
  })
})
