import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import { getActiveTest, test } from '@japa/runner'
import type { Group } from '@japa/runner/core'
import { systemClock } from '#foundation/clock'
import { watchCommits } from '#foundation/db/watch_commits'
import { leaseOwner } from '#foundation/db/lease_owner'
import { writeTransaction } from '#foundation/db/transaction'
import type { Channel, PlannedChannel } from '#delivery/channel'
import { DeliveryLog } from '#delivery/delivery_log'
import { NEVER_EXPIRES } from '#delivery/planning/plan_fact'
import { Planner } from '#delivery/planning/planner'
import { expireHeld } from '#delivery/queue/held_jobs'
import { Sender } from '#delivery/sender'
import { settleTrialPushes } from '#billing/plans/trial_push'
import { planState } from '#accounts/plan_state'
import { reachedSwitches } from '#accounts/subscriptions'
import { storeTrialUser } from '#tests/support/trials'
import { emptyDatabase } from '#tests/support/database'
import { allJobsDone, attempts, isSent, jobs, until } from '#tests/support/delivery'
import { storeLaunch } from '#tests/support/facts'

/** What a test can do with a channel. */
export interface ChannelUnderTest {
  channel: Channel
  /** Stores a target of a user, or of the operator, that wants every event. Answers its id. */
  add(ownerId?: number): Promise<number>
  /** How its receivers answer from now on: they accept, fail, or say that they are gone. */
  answer(how: 'accepts' | 'fails' | 'is gone'): void
  /** The ids of the events that arrived, in their order. */
  received(): string[]
}

/** Runs the engine for one channel inside the test, until the test ends or `stop` is called. */
export async function startChannel(
  channel: Channel,
  {
    planned = [channel],
    pollMs = 20,
  }: { planned?: readonly PlannedChannel[]; pollMs?: number } = {}
) {
  const stopping = new AbortController()
  const watcher = await watchCommits()
  const sender = new Sender({
    channel,
    channels: planned,
    planner: new Planner(systemClock, NEVER_EXPIRES, planned),
    owner: leaseOwner(),
    clock: systemClock,
    random: () => 0.5,
    log: new DeliveryLog(logger),
    budget: { requests: 100, bytes: 1_000_000 },
    limits: { pause: { firstMs: 20, longestMs: 100 }, caps: {} },
    disableAfterMs: 86_400_000,
    pollMs,
    stopWithinMs: 1000,
  })
  const running = sender.run(watcher, stopping.signal)
  const stop = async () => {
    stopping.abort()
    await running
    await watcher.close()
  }
  getActiveTest()?.cleanup(stop)
  return { stop }
}

/** A launch of this moment: channels may let older ones go. */
const storeNews = () => storeLaunch({ event_time: systemClock.now() })

/** What every channel has to do, whatever it sends over. */
export function channelConforms(setUp: () => Promise<ChannelUnderTest>) {
  return (group: Group) => {
    let under: ChannelUnderTest
    group.each.setup(async () => {
      await emptyDatabase()
      under = await setUp()
    })
    group.each.teardown(() => under.channel.close())

    test('its subscribers are its targets, and name the channel', async ({ assert }) => {
      const [one, two] = [await under.add(), await under.add()]
      const { channel } = under
      const subscribers = await writeTransaction((trx) => channel.subscribers(trx))
      const targets = await channel.targets()

      assert.sameMembers(
        subscribers.map(({ id }) => id),
        [one, two]
      )
      assert.sameMembers(
        targets.map(({ id }) => id),
        [one, two]
      )
      assert.isTrue(subscribers.every((subscriber) => subscriber.channel === channel.name))
    })

    test('an unchanged target is answered as the same object', async ({ assert }) => {
      await under.add()
      const [first] = await under.channel.targets()
      const [again] = await under.channel.targets()
      assert.strictEqual(again, first)
    })

    test('what is accepted is sent, with an attempt and a count of its own', async ({ assert }) => {
      const id = await under.add()
      const launch = await storeNews()
      await startChannel(under.channel)
      await allJobsDone()

      const { name: channel, deliveredColumn } = under.channel
      const [job] = await jobs({ channel, target_id: id, status: 'sent' })
      assert.deepEqual(under.received(), [job!.event_id])
      const [attempt] = await attempts()
      assert.containsSubset(attempt, { channel, outcome: 'accepted' })
      const [count] = await db.from('delivery_stats').where({ channel, target_id: id })
      assert.containsSubset(count, { outcome: 'accepted' })
      assert.equal(await isSent(launch), deliveredColumn === 'webhook_sent')
    })

    test('what fails is tried again, and since when is remembered', async ({ assert }) => {
      await under.add()
      under.answer('fails')
      await storeNews()
      await startChannel(under.channel)
      await until(async () => {
        const [target] = await under.channel.targets()
        return target!.failingSince !== null
      })

      under.answer('accepts')
      await allJobsDone()
      const [job] = await jobs({ status: 'sent' })
      assert.isAbove(job!.attempts, 1)
      await until(async () => {
        const [target] = await under.channel.targets()
        return target!.failingSince === null
      })
    })

    test('a target that is gone is out of service, and an alert says so once', async ({
      assert,
    }) => {
      const id = await under.add()
      under.answer('is gone')
      await storeNews()
      await storeNews()
      await startChannel(under.channel)
      await allJobsDone()

      await until(async () => {
        const targets = await under.channel.targets()
        return targets.length === 0
      })
      assert.deepEqual(await under.channel.outOfService([id]), [id])
      const alerts = await db.from('push_alerts').where({ channel: under.channel.name })
      assert.lengthOf(alerts, 1)
      const { endpoint_id: about, owner_id: owner } = alerts[0]
      assert.isTrue(
        Number(about) === id || owner !== null,
        'the alert names the target or its owner'
      )
    })

    test('a user is reached by its target alone, as long as that is in service', async ({
      assert,
    }) => {
      const { id: userId } = await storeTrialUser()
      const { channel } = under
      const reached = async () => {
        const switches = await reachedSwitches(userId, [channel], systemClock.now())
        return switches.has('four.created')
      }
      assert.isFalse(await reached())

      const id = await under.add(userId)
      assert.isTrue(await reached())
      await channel.disable(id, { reason: 'gone', detail: null }, null)
      assert.isFalse(await reached())
    })

    test('the push of a trial is used when it is accepted', async ({ assert }) => {
      const { id: userId } = await storeTrialUser()
      await under.add(userId)
      await storeNews()
      await startChannel(under.channel)
      await allJobsDone()

      const { usedTrials } = await planState(userId, systemClock.now())
      assert.deepEqual(usedTrials, ['four'])
    })

    test('the push of a trial is given back when it ends unsent', async ({ assert }) => {
      const { id: userId } = await storeTrialUser()
      await under.add(userId)
      under.answer('is gone')
      await storeNews()
      await startChannel(under.channel)
      await allJobsDone()
      // What a channel holds for the case that its target comes back ends with its age.
      await expireHeld(under.channel.name, Number.MAX_SAFE_INTEGER)
      await writeTransaction((trx) => settleTrialPushes(trx, [under.channel]))

      assert.isEmpty(await db.from('trial_pushes').where('user_id', userId))
    })

    test('a target in service is not out of service, one that never was is', async ({ assert }) => {
      const id = await under.add()
      assert.deepEqual(await under.channel.outOfService([id, id + 1000]), [id + 1000])
    })
  }
}
