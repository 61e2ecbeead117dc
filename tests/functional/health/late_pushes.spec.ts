import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { countOpenAlerts } from '#delivery/alerts'
import { checkPush } from '#health/check_push'
import { emptyDatabase } from '#tests/support/database'
import { storeEndpoint } from '#tests/support/delivery'
import { HEALTH_SETTINGS, storeJobs, storeProcess } from '#tests/support/push_health'
import { SettableClock } from '#tests/support/settable_clock'

const MINUTE = 60_000

test.group('Pushes that arrive late', (group) => {
  group.each.setup(() => emptyDatabase())

  async function start() {
    const clock = new SettableClock(1_800_000_000_000)
    await storeEndpoint('http://127.0.0.1:1/')
    await storeProcess('send:webhooks', clock.now())
    const check = async () => {
      await db.from('process_heartbeats').update({ beat_at: clock.now() })
      const { report } = await checkPush({ settings: HEALTH_SETTINGS, clock })
      return report.findings.map(({ name }) => name)
    }
    return { clock, check }
  }

  test('a backlog is found, and the alert of it ends with it', async ({ assert }) => {
    const { clock, check } = await start()
    await storeJobs(1, 'pending', clock.now())
    assert.notInclude(await check(), 'backlog_waiting')

    clock.pass(5 * MINUTE)
    assert.include(await check(), 'backlog_waiting')
    assert.equal(await countOpenAlerts(), 1)

    await db.from('notification_jobs').delete()
    assert.deepEqual(await check(), [])
    assert.equal(await countOpenAlerts(), 0)
  })

  test('an endpoint of the operator that accepts nothing is found, not one of a user', async ({
    assert,
  }) => {
    const { clock, check } = await start()
    await db.from('webhook_endpoints').update({ failing_since: clock.now() })
    clock.pass(5 * MINUTE)
    assert.deepEqual(await check(), ['endpoints_failing'])
  })
})
