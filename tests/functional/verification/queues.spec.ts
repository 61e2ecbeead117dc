import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import VerificationJob, { type Priority } from '#models/verification_job'
import { leaseOwner } from '#foundation/db/lease_owner'
import { writeTransaction } from '#foundation/db/transaction'
import { claimJob } from '#verification/jobs/claim_job'
import { cleanJobs } from '#verification/jobs/clean_jobs'
import { createJob } from '#verification/jobs/create_job'
import { failJob } from '#verification/jobs/end_job'
import { queueStates } from '#verification/jobs/queues'
import { releaseJob } from '#verification/jobs/release_job'
import { requestVerification, retryFailed, retryJob } from '#verification/jobs/retry_jobs'
import { emptyDatabase } from '#tests/support/database'
import { storeOkxAccount, storeOrder } from '#tests/support/orders'
import { SettableClock } from '#tests/support/settable_clock'

const MINUTE = 60_000

async function filled(count: number) {
  const account = await storeOkxAccount()
  const orders = Array.from({ length: count }, (_, index) =>
    storeOrder(account, { ordId: String(index + 1), status: 'filled', venueState: 'filled' })
  )
  return Promise.all(orders)
}

type Orders = Awaited<ReturnType<typeof filled>>

async function queue(order: Orders[number], priority: Priority, now: number) {
  return writeTransaction((trx) => createJob(trx, { order, priority, by: 'verifier' }, now))
}

const claim = (clock: SettableClock, owner = leaseOwner()) =>
  claimJob({ owner, timeoutMs: 300_000, now: clock.now() })

async function claimedOrders(clock: SettableClock) {
  const claimed: number[] = []
  for (let job = await claim(clock); job; job = await claim(clock)) claimed.push(job.orderId)
  return claimed
}

test.group('Queues of verifications', (group) => {
  group.each.setup(() => emptyDatabase())

  test('high jobs go before normal ones, and these before low ones', async ({ assert }) => {
    const clock = new SettableClock()
    const [low, normal, high] = (await filled(3)) as [Orders[0], Orders[0], Orders[0]]
    await queue(low, 'low', clock.now() - 3)
    await queue(normal, 'normal', clock.now() - 2)
    await queue(high, 'high', clock.now() - 1)

    assert.deepEqual(await claimedOrders(clock), [high.id, normal.id, low.id])
  })

  test('each ten minutes of waiting count as one class: a low job never starves', async ({
    assert,
  }) => {
    const clock = new SettableClock()
    const [low, first, second] = (await filled(3)) as [Orders[0], Orders[0], Orders[0]]
    await queue(low, 'low', clock.now())
    clock.pass(10 * MINUTE)
    await queue(first, 'normal', clock.now())
    const aged = await claim(clock)
    assert.equal(aged?.orderId, low.id)

    await VerificationJob.query().where('order_id', low.id).update({ state: 'pending' })
    clock.pass(10 * MINUTE)
    await queue(second, 'high', clock.now())
    assert.deepEqual(await claimedOrders(clock), [low.id, first.id, second.id])
  })

  test('an order has one job that is not over', async ({ assert }) => {
    const clock = new SettableClock()
    const [order] = (await filled(1)) as [Orders[0]]

    assert.isString(await requestVerification(order, 'user', clock))
    assert.isNull(await queue(order, 'high', clock.now()))
    await assert.rejects(() => requestVerification(order, 'user', clock), /under way/)
    const open = await storeOrder(await storeOkxAccount({ uid: '2' }), { status: 'confirmed' })
    await assert.rejects(() => requestVerification(open, 'user', clock), /filled/)
  })

  test('two workers at once never have the same job', async ({ assert }) => {
    const clock = new SettableClock()
    for (const order of await filled(6)) await queue(order, 'high', clock.now())

    const claimed = await Promise.all([claimedOrders(clock), claimedOrders(clock)])
    assert.lengthOf(new Set(claimed.flat()), 6)
    assert.lengthOf(claimed.flat(), 6)
  })

  test('who has lost a job cannot say how it ended', async ({ assert }) => {
    const clock = new SettableClock()
    const [order] = (await filled(1)) as [Orders[0]]
    await queue(order, 'high', clock.now())
    const slow = (await claim(clock))!
    await releaseJob(slow, { dueAt: clock.now() })
    const next = (await claim(clock))!
    const end = (job: typeof slow) =>
      writeTransaction((trx) => failJob(trx, job, { code: 'order_gone' }, clock.now()))

    assert.isFalse(await end(slow))
    assert.isTrue(await end(next))
    assert.isFalse(await end(next))
  })

  test('what a dead process had in hand goes back, what cannot be verified goes away', async ({
    assert,
  }) => {
    const clock = new SettableClock()
    const [left, old, lost] = (await filled(3)) as [Orders[0], Orders[0], Orders[0]]
    for (const order of [left, old, lost]) await queue(order, 'high', clock.now())
    await claim(clock, leaseOwner().replace(/\/\w+\/(\d+)$/, '/another life/$1'))
    await VerificationJob.query().where('order_id', old.id).update({ due_at: 0 })
    await db.from('orders').where('id', lost.id).update({ status: 'failed' })

    assert.deepEqual(await cleanJobs(clock), { cancelled: 2, released: 1 })
    assert.deepEqual(await cleanJobs(clock), { cancelled: 0, released: 0 })
    assert.deepEqual(await claimedOrders(clock), [left.id])
  })

  test('failed ones are tried again by name or many at once, each order once', async ({
    assert,
  }) => {
    const clock = new SettableClock()
    const [one, other] = (await filled(2)) as [Orders[0], Orders[0]]
    for (const order of [one, other]) await queue(order, 'high', clock.now())
    const jobs = [(await claim(clock))!, (await claim(clock))!]
    for (const job of jobs) {
      await writeTransaction((trx) => failJob(trx, job, { code: 'key_refused' }, clock.now()))
    }

    await retryJob(jobs[0]!.jobUid, clock)
    await assert.rejects(() => retryJob('01', clock), /no verification/)
    assert.lengthOf(await retryFailed(50, clock), 1)
    assert.isEmpty(await retryFailed(50, clock))
    const states = await queueStates()
    assert.deepEqual(
      states.map(({ name, length }) => [name, length]),
      [
        ['verification_high', 0],
        ['verification_normal', 2],
        ['verification_low', 0],
      ]
    )
  })
})
