import { webhooks } from '#webhooks/sending/webhook_subscribers'
import { channels } from '#start/channels'
import { attempts, jobs, newPlanner, storeEndpoint } from '#tests/support/delivery'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { NO_CAUSE } from '#models/reasons'
import { systemClock } from '#foundation/clock'
import type { ClaimedJob } from '#delivery/queue/job'
import { JobQueue } from '#delivery/queue/job_queue'
import { recoverOrphans } from '#delivery/queue/left_behind'
import { storeOutcomes } from '#delivery/outcomes/store_outcomes'
import LaunchEvent from '#models/launch_event'
import { emptyDatabase } from '#tests/support/database'
import { storeLaunch } from '#tests/support/facts'

const URL = 'https://example.com/hooks'
const nobodyIsDead = () => false

async function planned(endpoints: number, facts: number) {
  const stored = []
  for (let index = 0; index < endpoints; index++) {
    stored.push(await storeEndpoint(URL))
  }
  for (let index = 0; index < facts; index++) {
    await storeLaunch()
  }
  await newPlanner().plan()
  return stored.map((endpoint) => endpoint.id)
}

const queue = (owner: string) => new JobQueue('webhook', owner, systemClock)

const recover = (isDead: (owner: string) => boolean) =>
  recoverOrphans('webhook', systemClock.now(), isDead)

function accepted(job: ClaimedJob) {
  const attempt = {
    startedAt: 1,
    durationMs: 1,
    httpStatus: 200,
    responseHead: null,
  }
  return {
    job,
    status: 'sent' as const,
    freesOthers: false,
    nextAttemptAt: null,
    finishedAt: 2,
    ...NO_CAUSE,
    attempt,
  }
}

test.group('Job queue', (group) => {
  group.each.setup(() => emptyDatabase())

  test('one claim takes from every lane as many as it asks for, oldest first', async ({
    assert,
  }) => {
    const [one, two] = await planned(2, 5)
    const claimed = await queue('a').claim(
      [
        { targetId: one!, jobClass: 'first', limit: 2 },
        { targetId: two!, jobClass: 'first', limit: 9 },
      ],
      1000
    )

    const oldest = await jobs({ target_id: one })
    const of = (id: number) => claimed.filter((job) => job.targetId === id)
    assert.lengthOf(of(one!), 2)
    assert.lengthOf(of(two!), 5)
    assert.deepEqual(
      of(one!).map((job) => job.id),
      oldest.slice(0, 2).map((job) => Number(job.id))
    )
  })

  test('two senders at once never claim the same job', async ({ assert }) => {
    const [target] = await planned(1, 60)
    const request = [{ targetId: target!, jobClass: 'first' as const, limit: 20 }]
    const claims = await Promise.all(
      ['a', 'b', 'a', 'b'].map((owner) => queue(owner).claim(request, 1000))
    )

    const ids = claims.flat().map((job) => job.id)
    assert.equal(new Set(ids).size, ids.length)
  })

  test('the queue tells when each target is due next', async ({ assert }) => {
    const [one, two] = await planned(2, 3)
    const nextDue = await queue('a').nextDue()

    assert.sameMembers([...nextDue.keys()], [one!, two!])
    const waiting = await jobs()
    const due = waiting.map((job) => Number(job.next_attempt_at))
    assert.deepEqual(nextDue.get(one!), { first: { at: Math.min(...due), priority: 0 } })
  })

  test('a released job can be claimed again at once, and was not tried', async ({ assert }) => {
    const [target] = await planned(1, 1)
    const request = [{ targetId: target!, jobClass: 'first' as const, limit: 5 }]
    const claimed = await queue('a').claim(request, 1000)
    await queue('a').release(claimed)

    const [again] = await queue('b').claim(request, 1000)
    assert.containsSubset(again, { id: claimed[0]!.id, attempts: 0, fence: 2 })
  })

  test('a lease that ran out lets the job go again', async ({ assert }) => {
    const [target] = await planned(1, 1)
    await queue('a').claim([{ targetId: target!, jobClass: 'first', limit: 1 }], -1)

    assert.equal(await recover(nobodyIsDead), 1)
    assert.containsSubset(await jobs(), [{ status: 'pending', lease_owner: null }])
  })

  test('a job of a sender known to be dead goes again without waiting', async ({ assert }) => {
    const [target] = await planned(1, 1)
    await queue('dead').claim([{ targetId: target!, jobClass: 'first', limit: 1 }], 60_000)

    assert.equal(await recover(nobodyIsDead), 0)
    assert.equal(await recover((owner) => owner === 'dead'), 1)
  })

  test('a sender that lost its lease cannot say how the job ended', async ({ assert }) => {
    const [target] = await planned(1, 1)
    const request = [{ targetId: target!, jobClass: 'first' as const, limit: 1 }]
    const [stale] = await queue('slow').claim(request, -1)
    await recover(nobodyIsDead)
    const [current] = await queue('b').claim(request, 60_000)

    await storeOutcomes({ channel: webhooks, channels, owner: 'slow' }, [accepted(stale!)])
    assert.containsSubset(await jobs(), [{ status: 'sending', lease_owner: 'b', attempts: 0 }])

    await storeOutcomes({ channel: webhooks, channels, owner: 'b' }, [accepted(current!)])
    assert.containsSubset(await jobs(), [{ status: 'sent', attempts: 1 }])
    assert.lengthOf(await attempts(), 2)
  })

  test('two senders that finish the last two jobs of a fact together settle it', async ({
    assert,
  }) => {
    const targets = await planned(2, 30)
    const claims = await Promise.all(
      targets.map((targetId, index) =>
        queue(`sender ${index}`).claim([{ targetId, jobClass: 'first', limit: 30 }], 60_000)
      )
    )

    await Promise.all(
      claims.map((claimed, index) =>
        storeOutcomes(
          { channel: webhooks, channels, owner: `sender ${index}` },
          claimed.map(accepted)
        )
      )
    )
    assert.lengthOf(await LaunchEvent.query().where('webhook_sent', true), 30)
  })

  test('a job whose fact was deleted is set aside', async ({ assert }) => {
    const [target] = await planned(1, 2)
    const [first] = await jobs()
    await LaunchEvent.query().where('id', first!.fact_id).delete()

    const claimed = await queue('a').claim(
      [{ targetId: target!, jobClass: 'first', limit: 5 }],
      1000
    )
    assert.lengthOf(claimed, 1)
    assert.containsSubset(await jobs({ id: first!.id }), [{ status: 'skipped' }])
  })

  test('outcomes whose COMMIT was not answered are written again, and counted once', async ({
    assert,
  }) => {
    const [id] = await planned(1, 3)
    const claimed = await queue('a').claim([{ targetId: id!, jobClass: 'first', limit: 3 }], 60_000)
    const [sent, expired, next] = claimed
    const origin = { channel: webhooks, channels, owner: 'a' }
    const late = { ...accepted(expired!), status: 'expired' as const, attempt: null }
    await storeOutcomes(origin, [accepted(sent!), late])

    await storeOutcomes(origin, [accepted(sent!), late, accepted(next!)], true)

    const tried = await attempts()
    assert.sameMembers(
      tried.map(({ job_id: job }) => Number(job)),
      [sent!.id, next!.id]
    )
    const counted = await db.from('delivery_stats').where('target_id', id!).sum('attempts as sum')
    assert.equal(Number(counted[0]!.sum), 2)
    const stored = await jobs()
    assert.deepEqual(
      stored.map(({ status }) => status),
      ['sent', 'expired', 'sent']
    )
  })
})
