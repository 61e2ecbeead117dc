import type { Planner } from '#delivery/planning/planner'
import { jobs, newPlanner, storeEndpoint } from '#tests/support/delivery'
import { test } from '@japa/runner'
import LaunchEvent from '#models/launch_event'
import Trade from '#models/trade'
import { systemClock } from '#foundation/clock'
import { emptyDatabase } from '#tests/support/database'
import { storeLaunch, storePool, storeTrade } from '#tests/support/facts'

const URL = 'https://example.com/hooks'

async function planAll(planner: Planner): Promise<number> {
  const planned = await planner.plan()
  return planned === 0 ? 0 : planned + (await planAll(planner))
}

test.group('Planning', (group) => {
  group.each.setup(() => emptyDatabase())

  test('two planners at once plan every fact exactly once, in the order of the facts', async ({
    assert,
  }) => {
    await storeEndpoint(URL)
    await storeEndpoint(URL)
    for (let index = 0; index < 1200; index++) {
      await storeTrade()
    }

    const planners = [newPlanner(), newPlanner()]
    const [first, second] = await Promise.all(planners.map((planner) => planAll(planner)))

    assert.equal(first! + second!, 1200)
    const planned = await jobs()
    assert.lengthOf(planned, 2400)
    assert.lengthOf(await Trade.query().whereNull('planned_at'), 0)
    assert.equal(new Set(planned.map((job) => job.event_id)).size, 1200)
    const facts = planned.map((job) => Number(job.fact_id))
    assert.deepEqual(
      facts,
      facts.toSorted((one, other) => one - other)
    )
  })

  test('what happened first on the chain is planned first, of whatever kind it is', async ({
    assert,
  }) => {
    await storeEndpoint(URL)
    await storeLaunch({ kind: 'graduated', block_number: 101, log_index: 9 })
    await storeTrade({ block_number: 101, log_index: 2 })
    await storeTrade({ block_number: 100, log_index: 7 })
    await storeLaunch({ kind: 'created', block_number: 100, log_index: 5 })

    await planAll(newPlanner())

    const planned = await jobs()
    assert.deepEqual(
      planned.map((job) => job.event_type),
      ['launch.created', 'trade.executed', 'trade.executed', 'launch.graduated']
    )
  })

  test('an endpoint gets the event types that it asks for', async ({ assert }) => {
    const launches = await storeEndpoint(URL, { eventTypes: ['launch.*'] })
    const graduations = await storeEndpoint(URL, { eventTypes: ['launch.graduated'] })
    await storeLaunch({ kind: 'created' })
    await storeLaunch({ kind: 'graduated' })
    await storePool()

    await planAll(newPlanner())

    const planned = await jobs()
    const of = (endpoint: { id: number }) =>
      planned.filter((job) => Number(job.target_id) === endpoint.id).map((job) => job.event_type)
    assert.deepEqual(of(launches), ['launch.created', 'launch.graduated'])
    assert.deepEqual(of(graduations), ['launch.graduated'])
  })

  test('a fact that no target wants is planned, as unwanted and not as sent', async ({
    assert,
  }) => {
    await storeEndpoint(URL, { eventTypes: ['trade.*'] })
    await storeEndpoint(URL, { state: 'disabled' })
    const id = await storeLaunch()

    await planAll(newPlanner())

    const launch = await LaunchEvent.findOrFail(id)
    assert.isNotNull(launch.plannedAt)
    assert.isFalse(launch.webhookSent)
    assert.equal(launch.webhookOutcome, 'unwanted')
    assert.lengthOf(await jobs(), 0)
  })

  test('an endpoint gets the facts from its creation on', async ({ assert }) => {
    await storeEndpoint(URL, { createdAt: 1000 })
    await storeLaunch({ created_at: 999 })
    const id = await storeLaunch({ created_at: 1000 })

    await planAll(newPlanner())

    const planned = await jobs()
    assert.deepEqual(
      planned.map((job) => Number(job.fact_id)),
      [id]
    )
  })

  test('a fact that a reorg removed before it was planned goes to no target', async ({
    assert,
  }) => {
    await storeEndpoint(URL)
    await storeLaunch({ removed_at: 1 })

    await planAll(newPlanner())
    assert.lengthOf(await jobs(), 0)
  })

  test('the expiry of an endpoint goes before the one for all', async ({ assert }) => {
    await storeEndpoint(URL, { expiryMs: 60_000 })
    await storeEndpoint(URL)
    const eventTime = systemClock.now() - 10_000
    await storeLaunch({ event_time: eventTime })

    await planAll(newPlanner(systemClock, { all: 5000, byType: {} }))

    const planned = await jobs()
    assert.containsSubset(planned, [{ status: 'pending' }, { status: 'expired' }])
    assert.equal(Number(planned[0]!.expires_at), eventTime + 60_000)
  })
})
