import { test } from '@japa/runner'
import vine from '@vinejs/vine'
import { systemClock } from '#foundation/clock'
import Entitlement from '#models/entitlement'
import PushAlert from '#models/push_alert'
import { grant } from '#billing/plans/change_plan'
import { remindExpiring } from '#billing/plans/remind_expiring'
import { countOpenAlerts } from '#delivery/alerts'
import { eventShapes } from '#openapi/events'
import { storeUser } from '#tests/support/api_token'
import { DAY_MS, startBilling, TERMS } from '#tests/support/billing'
import { emptyDatabase } from '#tests/support/database'
import { jobs, startSender, storeEndpoint } from '#tests/support/delivery'
import { someAddress } from '#tests/support/facts'
import { startReceiver } from '#tests/support/receiver'
import { SettableClock } from '#tests/support/settable_clock'

const MONTHLY = { plan: 'monthly' } as const
const ASKED = { eventTypes: ['push.alert'] }

test.group('Reminders of plans that end', (group) => {
  group.each.setup(() => emptyDatabase())

  test('a day before its end a plan is reminded of once, and once more when it was prolonged', async ({
    assert,
  }) => {
    const clock = new SettableClock()
    const user = await storeUser(someAddress())
    const remind = () => remindExpiring({ terms: TERMS, clock })
    await grant(user.id, { ...MONTHLY, ms: 2 * DAY_MS }, { terms: TERMS, clock })
    assert.equal(await remind(), 0)

    clock.pass(DAY_MS)
    const [one, other] = await Promise.all([remind(), remind()])
    assert.equal(one + other, 1)
    assert.equal(await remind(), 0)

    await grant(user.id, { ...MONTHLY, ms: 5 * DAY_MS }, { terms: TERMS, clock })
    assert.equal(await remind(), 0)
    clock.pass(5 * DAY_MS)
    assert.equal(await remind(), 1)
  })

  test('a plan that has ended is told of once, and within a day only', async ({ assert }) => {
    const clock = new SettableClock()
    const user = await storeUser(someAddress())
    const remind = () => remindExpiring({ terms: TERMS, clock })
    await grant(user.id, { ...MONTHLY, ms: DAY_MS }, { terms: TERMS, clock })
    await remind()
    clock.pass(DAY_MS)
    assert.equal(await remind(), 1)
    assert.equal(await remind(), 0)
    const kinds = await PushAlert.query().orderBy('id')
    assert.deepEqual(
      kinds.map(({ kind }) => kind),
      ['plan.ending', 'plan.ended']
    )
    assert.equal(await countOpenAlerts(), 0, 'it is its owner’s business')

    const late = await storeUser(someAddress())
    await grant(late.id, { ...MONTHLY, ms: 1000 }, { terms: TERMS, clock })
    clock.pass(2 * DAY_MS)
    assert.equal(await remind(), 0)
  })

  test('who has deleted his account is not reminded', async ({ assert }) => {
    const clock = new SettableClock()
    const gone = await storeUser('deleted-7')
    await grant(gone.id, { ...MONTHLY, ms: DAY_MS }, { terms: TERMS, clock })
    assert.equal(await remindExpiring({ terms: TERMS, clock }), 0)
    clock.pass(DAY_MS)
    assert.equal(await remindExpiring({ terms: TERMS, clock }), 0)
  })

  test('the watcher’s reminder reaches its user and the operator once, in words', async (ctx) => {
    const { watch, someUser } = await startBilling(ctx.test, systemClock, { activeMs: 20 })
    const endsAt = systemClock.now() + DAY_MS
    const [{ user }, other] = [await someUser(), await someUser()]
    for (const { id } of [user, other.user]) {
      await grant(id, { ...MONTHLY, ms: DAY_MS }, { terms: TERMS, clock: systemClock })
    }
    await Entitlement.query().update({ ends_at: endsAt })
    const [own, operators] = [await startReceiver(), await startReceiver()]
    await storeEndpoint(own.url, { ...ASKED, ownerId: user.id })
    await storeEndpoint(operators.url, ASKED)

    startSender({ pollMs: 20 })
    const stop = watch()
    await Promise.all([own.received(1), operators.received(2)])
    await stop()

    const { event } = own.deliveries[0]!
    const end = new Date(endsAt).toISOString().slice(0, 16).replace('T', ' ')
    ctx.assert.containsSubset(event.data, {
      kind: 'plan.ending',
      endpoint_id: null,
      ends_at: endsAt,
      message: `The plan of ${user.walletAddress} ends at ${end} UTC. Renew it at /renew`,
    })
    const shape = vine.create(eventShapes()['push.alert']!)
    ctx.assert.deepEqual(await shape.validate(event), event)
    ctx.assert.equal(operators.ids.size, 2, 'plans that end at one moment are two events')
    ctx.assert.equal(await remindExpiring({ terms: TERMS, clock: systemClock }), 0)
    ctx.assert.lengthOf(await jobs({ event_type: 'push.alert' }), 3)
  })
})
