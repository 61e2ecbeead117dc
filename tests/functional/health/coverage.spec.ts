import { newPlanner, storeEndpoint } from '#tests/support/delivery'
import { test } from '@japa/runner'
import { writeTransaction } from '#foundation/db/transaction'
import { switchAllOn } from '#accounts/subscriptions'
import { startTrial } from '#billing/plans/change_plan'
import { readPushHealth } from '#health/report'
import { storeUser } from '#tests/support/api_token'
import { TERMS } from '#tests/support/billing'
import { emptyDatabase } from '#tests/support/database'
import { someAddress, storeLaunch } from '#tests/support/facts'
import { givePro } from '#tests/support/plans'
import { HEALTH_SETTINGS, storeJobs, storeProcess } from '#tests/support/push_health'
import { SettableClock } from '#tests/support/settable_clock'

const MINUTE = 60_000
const URL = 'https://192.88.98.1/hooks'

test.group('Coverage', (group) => {
  group.each.setup(() => emptyDatabase())

  const clock = new SettableClock()
  const look = () => readPushHealth(60 * MINUTE, clock.now(), HEALTH_SETTINGS)
  const minutesAgo = (minutes: number) => clock.now() - minutes * MINUTE

  /** A user with every switch on and an endpoint. */
  async function member() {
    const user = await storeUser(someAddress())
    await writeTransaction((trx) => switchAllOn(trx, user.id, clock.now()))
    await storeEndpoint(URL, { ownerId: user.id })
    return user
  }

  test('is what was sent of what was due in the window', async ({ assert }) => {
    await storeJobs(6, 'sent', minutesAgo(30))
    await storeJobs(1, 'pending', minutesAgo(30))
    await storeJobs(1, 'failed', minutesAgo(30))
    await storeJobs(1, 'expired', minutesAgo(30), { expires_at: minutesAgo(29) })
    await storeJobs(1, 'skipped', minutesAgo(30), { reason: 'filter_failed' })

    const { coverage, level } = await look()

    assert.containsSubset(coverage, { due: 10, sent: 6, coverage: 0.6 })
    assert.equal(level, 'degraded')
  })

  test('adds up what lies far apart in the table', async ({ assert }) => {
    await storeJobs(2, 'sent', minutesAgo(30))
    await storeJobs(1, 'sent', minutesAgo(30), { id: 5_000_000 })
    const launch = await storeLaunch({ created_at: minutesAgo(30), planned_at: minutesAgo(30) })
    await storeLaunch({ id: launch + 50_000, created_at: minutesAgo(30), planned_at: 1 })

    const { coverage } = await look()

    assert.containsSubset(coverage, { due: 3, sent: 3, launches: 2 })
  })

  test('leaves out what no receiver waits for, and counts it', async ({ assert }) => {
    await storeJobs(1, 'sent', minutesAgo(30))
    await storeJobs(2, 'skipped', minutesAgo(30), { reason: 'filtered' })
    await storeJobs(3, 'skipped', minutesAgo(30), { reason: 'target_deleted' })
    await storeJobs(4, 'expired', minutesAgo(30), { expires_at: minutesAgo(30) })

    const { coverage, level, undelivered } = await look()

    assert.containsSubset(coverage, { due: 1, sent: 1 })
    assert.containsSubset(coverage.jobs, { left_out: 2, set_aside: 3, stale: 4 })
    assert.deepEqual(undelivered, { failed: 0, expired: 4, held: 0, skipped: 5 })
    assert.equal(level, 'ok')
  })

  test('does not count what is too young, too old, or sent again on request', async ({
    assert,
  }) => {
    await storeJobs(1, 'pending', minutesAgo(0.5))
    await storeJobs(1, 'failed', minutesAgo(62))
    await storeJobs(1, 'pending', minutesAgo(30), { priority: -1 })

    const { coverage, level, verdict } = await look()

    assert.containsSubset(coverage, { due: 0, coverage: null })
    assert.equal(level, 'ok')
    assert.equal(verdict, 'No events were due, and nothing is wrong')
  })

  test('says of each source and kind how many users should be told', async ({ assert }) => {
    const [pro, trial] = [await member(), await member()]
    await givePro(pro.id, clock)
    await startTrial(trial.id, { terms: TERMS, clock })
    await storeLaunch({ created_at: minutesAgo(30) })
    await storeLaunch({ created_at: minutesAgo(29) })
    clock.pass(-29 * MINUTE)
    await newPlanner(clock).plan()
    clock.pass(29 * MINUTE)

    const { coverage } = await look()

    const ofFour = coverage.by_launch.find(
      (each) => each.source === 'four' && each.kind === 'created'
    )
    assert.deepEqual(ofFour, {
      source: 'four',
      kind: 'created',
      launches: 2,
      // The trial's one push of the source is planned: it is owed no other.
      eligible_users: 1,
      due: 3,
      sent: 0,
      coverage: 0,
    })
    const names = coverage.by_launch.map(({ source, kind }) => `${source} ${kind}`)
    assert.includeMembers(names, ['flap created', 'flap graduated', 'four graduated'])
    assert.deepEqual(names, names.toSorted())
  })

  test('falls while no sender plans, by what each eligible user is owed', async ({ assert }) => {
    const [pro, trial] = [await member(), await member()]
    await givePro(pro.id, clock)
    await startTrial(trial.id, { terms: TERMS, clock })
    await member()
    await storeLaunch({ created_at: minutesAgo(12) })
    await storeLaunch({ created_at: minutesAgo(11) })

    await storeProcess('send:webhooks', clock.now())
    const { coverage, findings, level } = await look()

    assert.containsSubset(coverage, { launches: 2, unplanned: 3, due: 3, sent: 0 })
    assert.deepEqual(
      findings.map(({ name }) => name),
      ['coverage_low', 'planner_silent']
    )
    assert.equal(level, 'critical')
  })
})
