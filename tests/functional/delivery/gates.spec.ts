import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { systemClock } from '#foundation/clock'
import { ALWAYS_OPEN } from '#delivery/channel'
import type { Gate } from '#delivery/channel'
import { NEVER_EXPIRES } from '#delivery/planning/plan_fact'
import { Planner } from '#delivery/planning/planner'
import { startChannel } from '#tests/support/channel_conformance'
import { emptyDatabase } from '#tests/support/database'
import { jobs, until } from '#tests/support/delivery'
import { storeLaunch } from '#tests/support/facts'
import { PostBoxChannel } from '#tests/support/post_box'

const CLOSED: Gate = { opensAt: Infinity, hold: 'window' }

test.group('A target with a gate', (group) => {
  let boxes: PostBoxChannel

  group.each.setup(async () => {
    await emptyDatabase()
    boxes = await PostBoxChannel.open()
    return () => boxes.close()
  })

  const plan = () => new Planner(systemClock, NEVER_EXPIRES, [boxes]).plan()
  const addBox = (gate: Gate = ALWAYS_OPEN) => boxes.addBox({ gate: { ...gate } })
  const statesAre = (wanted: Record<string, number>) =>
    until(async () => {
      const counted = Object.groupBy(await jobs(), ({ status }) => status)
      return Object.entries(wanted).every(([state, count]) => counted[state]?.length === count)
    })

  test('is sent nothing while the gate is closed: jobs are held with the reason', async ({
    assert,
  }) => {
    await addBox(CLOSED)
    await storeLaunch()
    await startChannel(boxes)
    await statesAre({ held: 1 })

    assert.deepEqual(boxes.received(), [])
    const [job] = await jobs()
    assert.containsSubset(job, { reason: 'window', attempts: 0 })
  })

  test('gets the newest of what was held in one request when the gate opens', async ({
    assert,
  }) => {
    const id = await addBox(CLOSED)
    for (let stored = 0; stored < 4; stored++) await storeLaunch()
    await startChannel(boxes)
    await statesAre({ held: 4 })

    boxes.setGate(id, ALWAYS_OPEN)
    await statesAre({ sent: 4 })
    const planned = await jobs()
    const stored = planned.map(({ event_id: event }) => event)
    assert.deepEqual(boxes.received(), [...stored.slice(1), stored[0]])
  })

  test('that takes nothing now costs no try, and its jobs go when it does', async ({ assert }) => {
    const id = await addBox()
    boxes.answer('holds')
    await storeLaunch()
    const { stop } = await startChannel(boxes, { pollMs: 3_600_000 })
    await statesAre({ held: 1 })
    await stop()
    assert.containsSubset(await jobs(), [{ reason: 'throttled', attempts: 0 }])

    boxes.answer('accepts')
    boxes.setGate(id, ALWAYS_OPEN)
    await startChannel(boxes)
    await statesAre({ sent: 1 })
  })

  test('that does not answer is sent the same once more, and no third time', async ({ assert }) => {
    await addBox()
    boxes.answer('is silent')
    await storeLaunch()
    await startChannel(boxes)
    await statesAre({ failed: 1 })
    assert.containsSubset(await jobs(), [{ reason: 'unknown_outcome', attempts: 2 }])
  })

  test('that does not answer is not sent a message of many events again', async ({ assert }) => {
    await addBox()
    boxes.answer('is silent')
    await storeLaunch()
    await storeLaunch()
    await plan()
    await startChannel(boxes)
    await statesAre({ failed: 2 })
    const failed = await jobs()
    assert.isTrue(failed.every(({ attempts }) => attempts === 1))
  })

  test('that takes an event and confirms nothing is not sent it again', async ({ assert }) => {
    await addBox()
    boxes.answer('takes without a word')
    await storeLaunch()
    await startChannel(boxes)
    await statesAre({ failed: 1 })
    assert.containsSubset(await jobs(), [{ reason: 'unconfirmed', attempts: 1 }])
  })

  test('that has ended has its jobs held, as it may be opened again', async ({ assert }) => {
    const id = await addBox()
    await storeLaunch()
    await plan()
    await boxes.disable(id)
    await startChannel(boxes)
    await statesAre({ held: 1 })
    assert.containsSubset(await jobs(), [{ reason: 'unbound', attempts: 0 }])
  })

  test('has no more jobs waiting than its channel allows: the oldest end, to be counted', async ({
    assert,
  }) => {
    boxes.mostWaiting = 2
    await addBox(CLOSED)
    await addBox(CLOSED)
    for (let stored = 0; stored < 3; stored++) await storeLaunch()
    await plan()

    const planned = await jobs()
    for (const target of [1, 2]) {
      const [oldest, ...newer] = planned.filter((job) => Number(job.target_id) === target)
      assert.containsSubset(oldest, { status: 'expired', reason: 'summarised' })
      assert.isTrue(newer.every(({ status }) => status === 'pending'))
    }
  })

  test('counts what is being sent among what waits: it may come back', async ({ assert }) => {
    boxes.mostWaiting = 2
    await addBox(CLOSED)
    await storeLaunch()
    await plan()
    const leased = { lease_owner: 'another', lease_until: systemClock.now() + 60_000 }
    await db.from('notification_jobs').update({ status: 'sending', ...leased })
    for (let stored = 0; stored < 2; stored++) await storeLaunch()
    await plan()

    const planned = await jobs()
    assert.deepEqual(
      planned.map(({ status }) => status),
      ['sending', 'expired', 'pending']
    )
  })
})
