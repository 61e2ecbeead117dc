import { jobs, newPlanner, storeEndpoint } from '#tests/support/delivery'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { writeTransaction } from '#foundation/db/transaction'
import { setSwitches, switchAllOn } from '#accounts/subscriptions'
import { revoke, startTrial } from '#billing/plans/change_plan'
import { storeUser } from '#tests/support/api_token'
import { TERMS } from '#tests/support/billing'
import { emptyDatabase } from '#tests/support/database'
import { someAddress, storeLaunch, storePool, storeTrade } from '#tests/support/facts'
import { givePro } from '#tests/support/plans'
import { SettableClock } from '#tests/support/settable_clock'

const URL = 'https://example.com/hooks'

test.group('Who is eligible when a fact is planned', (group) => {
  group.each.setup(() => emptyDatabase())

  /** A user with every switch on and an endpoint that asks for everything. */
  async function member(clock: SettableClock) {
    const user = await storeUser(someAddress())
    await writeTransaction((trx) => switchAllOn(trx, user.id, clock.now()))
    const endpoint = await storeEndpoint(URL, { ownerId: user.id })
    const planned = async () => {
      await newPlanner(clock).plan()
      const rows = await jobs({ target_id: endpoint.id })
      return rows.map((job) => job.event_type)
    }
    return { user, endpoint, planned }
  }

  async function storeEverything() {
    await storeLaunch({ kind: 'created' })
    await storePool()
    await storeTrade()
  }

  test('nothing is planned for whom no plan runs, and all of it for the operator', async ({
    assert,
  }) => {
    const clock = new SettableClock()
    const { planned } = await member(clock)
    const { id: operators } = await storeEndpoint(URL)
    await storeEverything()

    assert.isEmpty(await planned())
    assert.lengthOf(await jobs({ target_id: operators }), 3)
  })

  test('renewing brings what is stored from then on, and no flood', async ({ assert }) => {
    const clock = new SettableClock()
    const { user, planned } = await member(clock)
    await givePro(user.id, clock)
    await storeLaunch()
    assert.lengthOf(await planned(), 1)

    await revoke(user.id, undefined, clock)
    await storeEverything()
    assert.lengthOf(await planned(), 1)

    await givePro(user.id, clock)
    assert.lengthOf(await planned(), 1)
    await storeEverything()
    assert.lengthOf(await planned(), 4)
  })

  test('a switch that is off keeps its launches back, and nothing else', async ({ assert }) => {
    const clock = new SettableClock()
    const { user, planned } = await member(clock)
    await givePro(user.id, clock)
    await setSwitches(user.id, [{ source: 'four', kind: 'graduated' }], clock)

    await storeLaunch({ kind: 'created' })
    await storeLaunch({ kind: 'graduated' })
    await storeLaunch({ kind: 'graduated', source: 'flap' })
    await storeTrade()

    assert.sameMembers(await planned(), ['launch.graduated', 'trade.executed'])
  })

  test('a trial has one push from each venue, also with two planners at once', async ({
    assert,
  }) => {
    const clock = new SettableClock()
    const { user, endpoint } = await member(clock)
    await startTrial(user.id, { terms: TERMS, clock })
    for (const source of ['four', 'four', 'flap', 'four', 'flap']) {
      await storeLaunch({ source })
    }
    await storeTrade()

    const planners = [newPlanner(clock), newPlanner(clock)]
    await Promise.all(planners.map((planner) => planner.plan()))
    await storeLaunch()
    await Promise.all(planners.map((planner) => planner.plan()))

    assert.lengthOf(await jobs({ target_id: endpoint.id }), 2)
    const used = await db.from('trial_pushes').where('user_id', user.id).orderBy('source')
    assert.deepEqual(
      used.map(({ source }) => source),
      ['flap', 'four']
    )
  })

  test('what an endpoint’s filter leaves out uses up no trial', async ({ assert }) => {
    const clock = new SettableClock()
    const { user, endpoint, planned } = await member(clock)
    await startTrial(user.id, { terms: TERMS, clock })
    await endpoint.merge({ filter: `data.kind == 'graduated'` }).save()

    await storeLaunch({ kind: 'created' })
    await planned()
    assert.isEmpty(await db.from('trial_pushes'))

    await storeLaunch({ kind: 'graduated' })
    await planned()
    assert.lengthOf(await db.from('trial_pushes'), 1)
    assert.lengthOf(await jobs({ status: 'pending' }), 1)
  })

  test('a user who was told of a launch hears of its removal while Pro runs', async ({
    assert,
  }) => {
    const clock = new SettableClock()
    const [stays, lapses] = [await member(clock), await member(clock)]
    await givePro(stays.user.id, clock)
    await givePro(lapses.user.id, clock)
    const id = await storeLaunch()
    await stays.planned()
    await db.from('notification_jobs').update({ status: 'sent', attempts: 1 })

    await revoke(lapses.user.id, undefined, clock)
    await db.from('launch_events').where('id', id).update({ removed_at: 1, planned_at: null })

    assert.deepEqual(await stays.planned(), ['launch.created', 'launch.created.removed'])
    assert.deepEqual(await lapses.planned(), ['launch.created'])
  })
})
