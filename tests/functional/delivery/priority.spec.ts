import type { Target } from '#delivery/channel'
import type { Dispatcher } from '#delivery/dispatcher'
import { jobs, newPlanner, settings, storeEndpoint } from '#tests/support/delivery'
import { test } from '@japa/runner'
import { systemClock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import { switchAllOn } from '#accounts/subscriptions'
import { WebhookChannel } from '#webhooks/sending/webhook_channel'
import { Budget } from '#delivery/lanes/budget'
import { Gatekeeper } from '#delivery/lanes/gatekeeper'
import { Lanes } from '#delivery/lanes/lanes'
import { JobQueue } from '#delivery/queue/job_queue'
import type { PaidPlan } from '#config/plans'
import { storeUser } from '#tests/support/api_token'
import { emptyDatabase } from '#tests/support/database'
import { someAddress, storeLaunch } from '#tests/support/facts'
import { givePro } from '#tests/support/plans'

test.group('Priority', (group) => {
  group.each.setup(() => emptyDatabase())

  async function endpointOf(plan: PaidPlan) {
    const user = await storeUser(someAddress())
    await writeTransaction((trx) => switchAllOn(trx, user.id, systemClock.now()))
    await givePro(user.id, systemClock, plan)
    const { id } = await storeEndpoint('https://example.com/hooks', { ownerId: user.id })
    return id
  }

  /** The targets in the order in which their requests begin. */
  async function served(): Promise<number[]> {
    const order: number[] = []
    const queue = new JobQueue('webhook', 'a', systemClock)
    const dispatcher = {
      attempt: async (target: Target) => {
        order.push(target.id)
        return { verdict: null, isOver: true, left: [] }
      },
      release: () => {},
      onLow: () => {},
    } as Partial<Dispatcher> as Dispatcher
    const channel = new WebhookChannel(settings, systemClock)
    const gatekeeper = new Gatekeeper(channel, systemClock)
    const budget = new Budget({ requests: 100, bytes: 1_000_000 })
    const parts = { queue, budget, gatekeeper, clock: systemClock, limits: settings, dispatcher }
    const lanes = new Lanes(parts)
    lanes.refresh(await channel.targets())
    await lanes.fill()
    return order
  }

  test('what a yearly plan is told of goes out before what others are told of', async ({
    assert,
  }) => {
    const [monthly, yearly] = [await endpointOf('monthly'), await endpointOf('yearly')]
    const { id: operators } = await storeEndpoint('https://example.com/hooks')
    await storeLaunch()
    await newPlanner().plan()

    const planned = await jobs()
    assert.deepEqual(
      Object.fromEntries(planned.map((job) => [Number(job.target_id), job.priority])),
      { [monthly]: 0, [yearly]: 1, [operators]: 0 }
    )
    assert.deepEqual(await served(), [yearly, monthly, operators])
  })
})
