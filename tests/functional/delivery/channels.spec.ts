import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { systemClock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import { WebhookChannel } from '#webhooks/sending/webhook_channel'
import { webhooks } from '#webhooks/sending/webhook_subscribers'
import { NEVER_EXPIRES } from '#delivery/planning/plan_fact'
import { Planner } from '#delivery/planning/planner'
import { channelConforms, startChannel } from '#tests/support/channel_conformance'
import { emptyDatabase } from '#tests/support/database'
import { attempts, isSent, jobs, settings, storeEndpoint, until } from '#tests/support/delivery'
import { someHash, storeLaunch } from '#tests/support/facts'
import { PostBoxChannel } from '#tests/support/post_box'
import { startReceiver } from '#tests/support/receiver'
import { storeTrialUser } from '#tests/support/trials'

test.group(
  'Webhooks as a channel',
  channelConforms(async () => {
    let status = 204
    const receiver = await startReceiver((_, response) => response.writeHead(status).end())
    return {
      channel: new WebhookChannel(settings, systemClock),
      add: async (ownerId: number | null = null) => {
        const retrySchedule = Array(1000).fill(10)
        const { id } = await storeEndpoint(receiver.url, { ownerId, retrySchedule })
        return id
      },
      answer: (how) => {
        status = { 'accepts': 204, 'fails': 500, 'is gone': 410 }[how]
      },
      received: () => receiver.deliveries.map(({ id }) => id),
    }
  })
)

test.group(
  'A tiny channel of tests',
  channelConforms(() => PostBoxChannel.open())
)

test.group('Two channels with targets of the same id', (group) => {
  let webhookChannel: WebhookChannel
  let boxes: PostBoxChannel

  group.each.setup(async () => {
    await emptyDatabase()
    webhookChannel = new WebhookChannel(settings, systemClock)
    boxes = await PostBoxChannel.open()
    return async () => {
      await webhookChannel.close()
      await boxes.close()
    }
  })

  const plan = () => new Planner(systemClock, NEVER_EXPIRES, [webhooks, boxes]).plan()
  const run = (channel: WebhookChannel | PostBoxChannel) =>
    startChannel(channel, { planned: [webhooks, boxes] })
  const untilNoneWaits = (channel: string) =>
    until(async () => {
      const all = await jobs({ channel })
      return all.every(({ status }) => !['pending', 'sending'].includes(status))
    })

  const untilSent = (targetId: number, count: number) =>
    until(async () => {
      const sent = await jobs({ target_id: targetId, status: 'sent' })
      return sent.length === count
    })

  test('one is planned, counted and attempted beside the other', async ({ assert }) => {
    const receiver = await startReceiver((_, response) => response.writeHead(500).end())
    const { id } = await storeEndpoint(receiver.url, { retrySchedule: [] })
    await boxes.addBox({ id })
    const launch = await storeLaunch()
    assert.equal(await plan(), 1)
    await run(webhookChannel)
    await run(boxes)
    await untilNoneWaits('webhook')
    await untilNoneWaits('post_box')

    const planned = await jobs()
    const states = planned.map(({ channel, status }) => `${channel} ${status}`)
    assert.sameMembers(states, ['webhook failed', 'post_box sent'])
    const tried = await attempts()
    const outcomes = tried.map(({ channel, outcome }) => `${channel} ${outcome}`)
    assert.sameMembers(outcomes, ['webhook failed', 'post_box accepted'])
    const counted = await db.from('delivery_stats').where('target_id', id)
    assert.sameMembers(
      counted.map(({ channel, outcome }) => `${channel} ${outcome}`),
      ['webhook failed', 'post_box accepted']
    )
    assert.isFalse(await isSent(launch))
  })

  test('what one channel still has to send does not hold back the mark of the other', async ({
    assert,
  }) => {
    const receiver = await startReceiver()
    const { id } = await storeEndpoint(receiver.url)
    await boxes.addBox({ id })
    const launch = await storeLaunch()
    await plan()
    await run(webhookChannel)
    await untilNoneWaits('webhook')

    assert.isTrue(await isSent(launch))
    assert.lengthOf(await jobs({ channel: 'post_box', status: 'pending' }), 1)
  })

  test('the push of a trial goes over both, and waits for the second when the first has failed', async ({
    assert,
  }) => {
    const { id: ownerId } = await storeTrialUser()
    const receiver = await startReceiver((_, response) => response.writeHead(500).end())
    const { id } = await storeEndpoint(receiver.url, { ownerId, retrySchedule: [] })
    await boxes.addBox({ id, ownerId })
    await storeLaunch()
    await plan()
    const pushes = () => db.from('trial_pushes').select('pending_launch_id')
    const isReserved = async () => {
      const [push] = await pushes()
      return push && push.pending_launch_id !== null
    }
    await run(webhookChannel)
    await untilNoneWaits('webhook')
    assert.isTrue(await isReserved())

    await run(boxes)
    await untilNoneWaits('post_box')
    assert.isFalse(await isReserved())
  })

  test('a removal goes to those who were told, of that channel alone', async ({ assert }) => {
    const { id } = await storeEndpoint('http://127.0.0.1:9/hooks')
    await boxes.addBox({ id })
    const launch = await storeLaunch({ block_hash: someHash() })
    await plan()
    const { stop } = await run(boxes)
    await untilNoneWaits('post_box')
    await stop()
    await writeTransaction((trx) =>
      trx.from('launch_events').where('id', launch).update({ removed_at: 1, planned_at: null })
    )
    await plan()

    const removals = await jobs({ fact_type: 'launch.removed' })
    assert.deepEqual(
      removals.map(({ channel, target_id: target }) => [channel, Number(target)]),
      [['post_box', id]]
    )
    assert.lengthOf(await jobs({ channel: 'webhook', status: 'skipped' }), 1)
  })

  test('an alert about one target does not stand for the other, which is told of it', async ({
    assert,
  }) => {
    const receiver = await startReceiver((_, response) => response.writeHead(410).end())
    const { id } = await storeEndpoint(receiver.url, { failingSince: 1 })
    await boxes.addBox({ id })
    await boxes.disable(id)
    await boxes.addBox({ id })
    await storeLaunch()
    await run(webhookChannel)
    const alerts = () => db.from('push_alerts').where({ endpoint_id: id, since: 1 })
    await until(async () => {
      const raised = await alerts()
      return raised.length > 1
    })

    const raised = await alerts()
    assert.sameMembers(
      raised.map(({ channel }) => channel),
      ['webhook', 'post_box']
    )
  })

  test('a channel that this process does not run is left alone, whatever its jobs', async ({
    assert,
  }) => {
    const { id } = await storeEndpoint('http://127.0.0.1:9/hooks')
    await boxes.addBox({ id })
    await storeLaunch()
    await plan()
    await db.from('webhook_endpoints').update({ state: 'disabled' })
    await db
      .from('notification_jobs')
      .where('channel', 'post_box')
      .update({ status: 'sending', lease_owner: 'another', lease_until: 1 })
    await run(webhookChannel)
    await untilNoneWaits('webhook')

    assert.lengthOf(await jobs({ channel: 'webhook', status: 'skipped' }), 1)
    assert.lengthOf(await jobs({ channel: 'post_box', status: 'sending' }), 1)
  })

  test('a target that another process serves is left alone, not skipped', async ({ assert }) => {
    const [ours, others] = [await boxes.addBox({}), await boxes.addBox({ isOurs: false })]
    await storeLaunch()
    await run(boxes)
    await untilSent(ours, 1)
    await storeLaunch()
    await untilSent(ours, 2)

    assert.lengthOf(await jobs({ target_id: others, status: 'pending' }), 2)
  })

  test('targets that another process serves are asked about once, however many there are', async ({
    assert,
  }) => {
    const asked: number[][] = []
    const outOfService = boxes.outOfService.bind(boxes)
    boxes.outOfService = (ids) => {
      asked.push([...ids])
      return outOfService(ids)
    }
    const [ours, others] = [await boxes.addBox({}), await boxes.addBox({ isOurs: false })]
    await startChannel(boxes, { planned: [webhooks, boxes], pollMs: 600_000 })
    await storeLaunch()
    await untilSent(ours, 1)
    const alsoOthers = await boxes.addBox({ isOurs: false })
    for (const sent of [2, 3, 4]) {
      await storeLaunch()
      await untilSent(ours, sent)
    }

    assert.deepEqual(asked, [[others], [alsoOthers]])
  })
})
