import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { systemClock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import { planState } from '#accounts/plan_state'
import type { Outcome } from '#delivery/outcomes/outcome'
import { storeOutcomes } from '#delivery/outcomes/store_outcomes'
import { JOB_CLASSES } from '#delivery/queue/job'
import { JobQueue } from '#delivery/queue/job_queue'
import { recoverOrphans, skipPending } from '#delivery/queue/left_behind'
import { webhooks } from '#webhooks/sending/webhook_subscribers'
import { channels } from '#start/channels'
import { requeue } from '#webhooks/replays/requeue'
import { emptyDatabase } from '#tests/support/database'
import { allJobsDone, jobs, newPlanner, startSender, storeEndpoint } from '#tests/support/delivery'
import { storeLaunch } from '#tests/support/facts'
import { startReceiver } from '#tests/support/receiver'
import { refuseCommits } from '#tests/support/refused_commits'
import { storeTrialUser } from '#tests/support/trials'
import { SettableClock } from '#tests/support/settable_clock'

const LEASE_MS = 60_000

const REASONS = {
  sent: null,
  expired: null,
  pending: 'status',
  failed: 'status',
  skipped: 'template_failed',
  held: 'window',
} as const

test.group('The push of a trial', (group) => {
  group.each.setup(() => emptyDatabase())

  /** A user in a trial with so many endpoints, and what happens to the jobs of them. */
  async function trial(endpoints = 1, url = 'https://example.com/hooks') {
    // A real time, as the sender of one test has a real clock.
    const clock = new SettableClock(systemClock.now())
    const user = await storeTrialUser(clock)
    const ids: number[] = []
    for (let index = 0; index < endpoints; index++) {
      const { id } = await storeEndpoint(`${url}?${index}`, { ownerId: user.id })
      ids.push(id)
    }
    const queue = new JobQueue('webhook', 'one', clock)
    const plan = () => newPlanner(clock).plan()

    const claim = async (targetId = ids[0]!) => {
      const requests = JOB_CLASSES.map((jobClass) => ({ targetId, jobClass, limit: 10 }))
      return queue.claim(requests, LEASE_MS)
    }
    /** Ends the jobs of an endpoint as a sender would. */
    const end = async (status: Outcome['status'], targetId?: number) => {
      const claimed = await claim(targetId)
      await storeOutcomes(
        { channel: webhooks, channels, owner: 'one' },
        claimed.map((job) => outcome(job, status, clock.now()))
      )
    }
    const used = async () => {
      const { usedTrials } = await planState(user.id, clock.now())
      return usedTrials
    }
    /** How many jobs one more launch brings. */
    const pushesOfNext = async () => {
      const before = await jobs()
      await storeLaunch()
      await plan()
      const after = await jobs()
      return after.length - before.length
    }
    return { clock, user, ids, plan, claim, end, used, pushesOfNext }
  }

  function outcome(job: Outcome['job'], status: Outcome['status'], now: number): Outcome {
    const isTried = status === 'sent' || status === 'failed' || status === 'pending'
    const httpStatus = status === 'sent' ? 200 : 500
    return {
      job,
      status,
      freesOthers: false,
      nextAttemptAt: status === 'pending' ? now : null,
      finishedAt: now,
      reason: REASONS[status],
      detail: null,
      attempt: isTried ? { startedAt: now, durationMs: 1, httpStatus, responseHead: null } : null,
    }
  }

  test('is reserved when it is planned, and used when a receiver has accepted it', async ({
    assert,
  }) => {
    const { end, used, pushesOfNext } = await trial()
    assert.equal(await pushesOfNext(), 1)
    assert.deepEqual([await used(), await pushesOfNext()], [[], 0])

    await end('sent')
    assert.deepEqual([await used(), await pushesOfNext()], [['four'], 0])
  })

  test('is given back when its job ends as {$self}, and the next launch is pushed')
    .with(['failed', 'expired', 'skipped'] as const)
    .run(async ({ assert }, status) => {
      const { end, used, pushesOfNext } = await trial()
      assert.equal(await pushesOfNext(), 1)

      await end(status)
      assert.isEmpty(await used())
      assert.equal(await pushesOfNext(), 1)

      await end('sent')
      assert.deepEqual([await used(), await pushesOfNext()], [['four'], 0])
    })

  test('is kept while its job is tried again', async ({ assert }) => {
    const { end, used, pushesOfNext } = await trial()
    await pushesOfNext()

    await end('pending')
    assert.deepEqual([await used(), await pushesOfNext()], [[], 0])
  })

  test('is given back when its endpoint is out of service or its launch was taken back', async ({
    assert,
  }) => {
    const { ids, plan, pushesOfNext } = await trial()
    await pushesOfNext()
    await skipPending('webhook', ids[0]!, 'target_disabled')
    assert.equal(await pushesOfNext(), 1)

    await db.from('launch_events').update({ removed_at: 1, planned_at: null })
    await plan()
    assert.isEmpty(await jobs({ status: 'pending' }))
    assert.equal(await pushesOfNext(), 1)
  })

  test('goes to all endpoints of its user, and is used when one of them has accepted it', async ({
    assert,
  }) => {
    const { ids, end, used, pushesOfNext } = await trial(2)
    assert.equal(await pushesOfNext(), 2)

    await end('failed', ids[0])
    assert.deepEqual([await used(), await pushesOfNext()], [[], 0], 'the other is still to come')
    await end('sent', ids[1])
    assert.deepEqual([await used(), await pushesOfNext()], [['four'], 0])
  })

  test('is given back once, also with two planners at once', async ({ assert }) => {
    const { clock, end, pushesOfNext } = await trial()
    await pushesOfNext()
    await end('failed')
    const before = await jobs()

    await storeLaunch()
    await storeLaunch()
    await Promise.all([1, 2].map(() => newPlanner(clock).plan()))
    const after = await jobs()
    assert.equal(after.length - before.length, 1)
  })

  test('that is used stays used when its job is replayed, and the replay uses no other', async ({
    assert,
  }) => {
    const { clock, end, used, pushesOfNext } = await trial()
    await pushesOfNext()
    await end('sent')

    const [job] = await jobs()
    const again = { job_id: Number(job!.id), due_at: clock.now() }
    await writeTransaction((trx) => requeue(trx, [again], ['sent']))
    await end('failed')
    assert.deepEqual([await used(), await pushesOfNext()], [['four'], 0])
    const kept = await db.from('trial_pushes').select('source')
    assert.deepEqual(
      kept.map(({ source }) => source),
      ['four']
    )
  })

  test('is neither lost nor doubled by a sender that dies before it has noted the answer', async ({
    assert,
  }) => {
    const { clock, claim, end, used, pushesOfNext } = await trial()
    await pushesOfNext()
    await claim()
    assert.equal(await pushesOfNext(), 0)

    await recoverOrphans('webhook', clock.now(), (owner) => owner === 'one')
    assert.equal(await pushesOfNext(), 0)
    await end('sent')
    assert.deepEqual([await used(), await pushesOfNext()], [['four'], 0])
  })

  test('is as it was when the transaction that uses it, or that plans it, fails', async ({
    assert,
  }) => {
    const { end, plan, used, pushesOfNext } = await trial()
    const allowPlanning = await refuseCommits('notification_jobs')
    await storeLaunch()
    await plan().catch(() => {})
    assert.isEmpty(await db.from('trial_pushes'))
    await allowPlanning()
    await plan()

    const allowOutcomes = await refuseCommits('delivery_attempts')
    await assert.rejects(() => end('sent'))
    assert.isEmpty(await used())
    await allowOutcomes()
    assert.lengthOf(await db.from('trial_pushes').whereNotNull('pending_launch_id'), 1)
    assert.equal(await pushesOfNext(), 0)
  })

  test('reaches a receiver once', async ({ assert }) => {
    const receiver = await startReceiver()
    const { used } = await trial(1, receiver.url)
    await storeLaunch()
    await storeLaunch()

    startSender()
    await allJobsDone()
    assert.lengthOf(receiver.deliveries, 1)
    assert.deepEqual(await used(), ['four'])
  })
})
