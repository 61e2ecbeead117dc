import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { LEFT_OUT } from '#delivery/expressions/filter'
import { Pruner } from '#delivery/retention/pruner'
import { emptyDatabase } from '#tests/support/database'
import { attempts, jobs } from '#tests/support/delivery'
import { SettableClock } from '#tests/support/settable_clock'

const DAY = 86_400_000
const NOW = 1_780_000_000_000
const RETENTION = { settledMs: 7 * DAY, undeliveredMs: 30 * DAY }

let serial = 0

/** A job as it stands `days` after its event was planned, with one attempt. */
async function storeJob(days: number, status: string, reason: string | null = null) {
  const job = {
    channel: 'webhook',
    target_id: 1,
    fact_type: 'launch',
    fact_id: ++serial,
    event_type: 'launch.created',
    event_id: `evt_${serial}`,
    status,
    next_attempt_at: 0,
    last_error: reason,
    created_at: NOW - days * DAY,
  }
  const client = db.connection().getWriteClient()
  const [{ id }] = await client.table('notification_jobs').insert(job).returning('id')
  await client.table('delivery_attempts').insert({
    job_id: id,
    target_id: 1,
    attempt: 1,
    started_at: 0,
    duration_ms: 1,
    outcome: 'accepted',
  })
}

const kept = async () => {
  const rows = await jobs()
  return rows.map(({ status, created_at: at }) => `${status} ${(NOW - Number(at)) / DAY}`)
}

test.group('How long deliveries stay on record', (group) => {
  group.each.setup(() => emptyDatabase())

  const pruner = (clock: SettableClock) =>
    new Pruner({
      clock,
      retention: RETENTION,
      onFault: (error) => {
        throw error
      },
    })

  test('what can be replayed stays longer than what has arrived, and what waits stays', async ({
    assert,
  }) => {
    await storeJob(40, 'failed')
    await storeJob(40, 'pending')
    await storeJob(29, 'failed')
    await storeJob(8, 'skipped', 'the endpoint is disabled or deleted')
    await storeJob(8, 'skipped', LEFT_OUT)
    await storeJob(8, 'sent')
    await storeJob(8, 'expired')
    await storeJob(6, 'sent')

    await pruner(new SettableClock(NOW)).prune()

    assert.deepEqual(await kept(), ['pending 40', 'failed 29', 'skipped 8', 'sent 6'])
    assert.lengthOf(await attempts(), 4)
  })

  test('more than one step at a time, and again as time goes by', async ({ assert }) => {
    for (let index = 0; index < 520; index++) {
      await storeJob(8, 'sent')
    }
    await storeJob(5, 'sent')
    const clock = new SettableClock(NOW)
    const pruning = pruner(clock)

    await pruning.prune()
    assert.deepEqual(await kept(), ['sent 5'])

    clock.pass(3 * DAY)
    await pruning.prune()
    assert.isEmpty(await kept())
  })
})
