import { test } from '@japa/runner'
import vine from '@vinejs/vine'
import PushAlert from '#models/push_alert'
import PushHealthCheck from '#models/push_health_check'
import { checkPush } from '#health/check_push'
import { latestCheck } from '#health/checks'
import { eventShapes } from '#openapi/events'
import { storeUser } from '#tests/support/api_token'
import { emptyDatabase } from '#tests/support/database'
import { jobs, startSender, storeEndpoint } from '#tests/support/delivery'
import { givePro } from '#tests/support/plans'
import { HEALTH_SETTINGS, storeJobs, storeProcess } from '#tests/support/push_health'
import { startReceiver } from '#tests/support/receiver'
import { SettableClock } from '#tests/support/settable_clock'

const MINUTE = 60_000

test.group('Checks of pushing', (group) => {
  group.each.setup(() => emptyDatabase())

  let clock: SettableClock
  group.each.setup(() => void (clock = new SettableClock()))

  const check = (lookbackMs?: number) => checkPush({ settings: HEALTH_SETTINGS, clock, lookbackMs })

  /** So many of ten pushes arrived, of all that a check looks at. */
  async function arrived(count: number) {
    clock.pass(2 * 60 * MINUTE)
    await storeJobs(count, 'sent', clock.now() - 30 * MINUTE)
    await storeJobs(10 - count, 'failed', clock.now() - 30 * MINUTE)
  }

  async function raised() {
    const alerts = await PushAlert.query().orderBy('id')
    return alerts.map(({ kind }) => kind)
  }

  test('are kept with what they found', async ({ assert }) => {
    await arrived(9)
    const { report } = await check()

    const stored = await PushHealthCheck.firstOrFail()
    assert.containsSubset(stored.$attributes, {
      checkedAt: clock.now(),
      level: 'degraded',
      due: 10,
      sent: 9,
      overallCoverage: 0.9,
      collectorOk: true,
    })
    assert.deepEqual(await latestCheck(), JSON.parse(JSON.stringify(report)))
  })

  test('raise an alert when it becomes worse, and none while that lasts or it becomes better', async ({
    assert,
  }) => {
    for (const count of [10, 9, 8, 4, 3, 9, 10]) {
      await arrived(count)
      await check()
    }
    assert.deepEqual(await raised(), ['health.degraded', 'health.critical'])

    await arrived(4)
    await check()
    assert.deepEqual(await raised(), ['health.degraded', 'health.critical', 'health.critical'])
  })

  test('of different windows are compared with their like alone', async ({ assert }) => {
    await arrived(4)
    await arrived(10)

    for (let turn = 0; turn < 3; turn++) {
      await check()
      await check(6 * 60 * MINUTE)
    }
    assert.deepEqual(await raised(), ['health.degraded'])
  })

  test('two at once raise one alert', async ({ assert }) => {
    await arrived(4)

    await Promise.all([check(), check(), check()])

    assert.deepEqual(await raised(), ['health.critical'])
    assert.lengthOf(await PushHealthCheck.all(), 3)
  })

  test('go away when their time is over', async ({ assert }) => {
    await check()
    clock.pass(HEALTH_SETTINGS.retentionMs + 1)
    await check()

    assert.lengthOf(await PushHealthCheck.all(), 1)
  })

  test('tell the operator’s endpoints that ask for it, and no user’s', async ({ assert }) => {
    const receiver = await startReceiver()
    const user = await storeUser('0x01')
    await givePro(user.id)
    const asked = { eventTypes: ['push.alert'] }
    await storeEndpoint('https://192.88.98.1/hooks', { ...asked, ownerId: user.id })
    const operators = await storeEndpoint(receiver.url, asked)
    await arrived(4)
    await storeProcess('send:webhooks', clock.now())
    await check()

    startSender({ pollMs: 20 })
    await receiver.received(1)

    const { event } = receiver.deliveries[0]!
    assert.deepEqual(await vine.create(eventShapes()['push.alert']!).validate(event), event)
    assert.containsSubset(event.data, {
      kind: 'health.critical',
      endpoint_id: null,
      since: clock.now(),
      message: '40 % of 10 pushes arrived, 6 are missing',
    })
    const told = await jobs({ event_type: 'push.alert' })
    assert.deepEqual(
      told.map(({ target_id: target }) => Number(target)),
      [operators.id]
    )
  })
})
