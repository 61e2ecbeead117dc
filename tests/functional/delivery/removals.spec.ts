import { webhooks } from '#webhooks/sending/webhook_subscribers'
import { channels } from '#start/channels'
import {
  allJobsDone,
  isSent,
  sentAs,
  jobs,
  newPlanner,
  startSender,
  storeEndpoint,
} from '#tests/support/delivery'
import { test } from '@japa/runner'
import { because, NO_CAUSE } from '#models/reasons'
import db from '@adonisjs/lucid/services/db'
import { systemClock } from '#foundation/clock'
import { JobQueue } from '#delivery/queue/job_queue'
import { storeOutcomes } from '#delivery/outcomes/store_outcomes'
import type { DueJob } from '#delivery/queue/job'
import { RpcServer } from '#tests/support/chain/rpc_server'
import { TestChain } from '#tests/support/chain/test_chain'
import { emptyDatabase } from '#tests/support/database'
import { someHash, storeLaunch } from '#tests/support/facts'
import { startReceiver, type Delivery, verify } from '#tests/support/receiver'
import { scannerOf } from '#tests/support/scanner'

const URL = 'https://example.com/hooks'
const OWNER = 'tester'
const REMOVED_AT = 1_780_000_009_000

const plan = () => newPlanner().plan()
const queue = new JobQueue('webhook', OWNER, systemClock)

/** What a scanner does to a fact of an orphaned block. */
function remove(launchId: number) {
  return db
    .from('launch_events')
    .where('id', launchId)
    .update({ removed_at: REMOVED_AT, planned_at: null })
}

function claimAll(targetId: number) {
  return queue.claim([{ targetId, jobClass: 'first', limit: 100 }], 60_000)
}

function tried(job: DueJob, status: 'sent' | 'pending' | 'failed') {
  const cause = status === 'sent' ? NO_CAUSE : because('timeout')
  const attempt = { startedAt: 1, durationMs: 1, httpStatus: null, responseHead: null }
  return { job, status, freesOthers: false, nextAttemptAt: 1, finishedAt: 2, ...cause, attempt }
}

async function plannedLaunch() {
  const endpoint = await storeEndpoint(URL)
  const launch = await storeLaunch()
  await plan()
  return { endpoint, launch }
}

test.group('Facts that a reorg removed', (group) => {
  group.each.setup(() => emptyDatabase())

  for (const status of ['sent', 'pending', 'failed'] as const) {
    test(`a target that was told is told of the removal, once (the event is ${status})`, async ({
      assert,
    }) => {
      const { endpoint, launch } = await plannedLaunch()
      // It was not there when the fact was planned, so it never heard of it.
      await storeEndpoint(URL)
      const [job] = await claimAll(endpoint.id)
      await storeOutcomes({ channel: webhooks, channels, owner: OWNER }, [tried(job!, status)])

      await remove(launch)
      await plan()
      await db.from('launch_events').update({ planned_at: null })
      await plan()

      const [original, removal, ...others] = await jobs()
      assert.isEmpty(others)
      assert.equal(original!.status, status === 'pending' ? 'skipped' : status)
      assert.equal(removal!.status, 'pending')
      assert.equal(removal!.event_type, 'launch.created.removed')
      assert.equal(Number(removal!.target_id), endpoint.id)
      assert.notEqual(removal!.event_id, original!.event_id)
      assert.isFalse(await isSent(launch))
    })
  }

  test('a target that is being told at this moment is told of the removal, too', async ({
    assert,
  }) => {
    const { endpoint, launch } = await plannedLaunch()
    const [underWay] = await claimAll(endpoint.id)
    await remove(launch)
    await plan()

    const [removal] = await claimAll(endpoint.id)
    assert.equal(removal!.eventType, 'launch.created.removed')

    await storeOutcomes({ channel: webhooks, channels, owner: OWNER }, [tried(underWay!, 'sent')])
    assert.isFalse(await isSent(launch))
    await storeOutcomes({ channel: webhooks, channels, owner: OWNER }, [tried(removal!, 'sent')])
    assert.isTrue(await isSent(launch))
  })

  test('what was not sent yet is not sent any more, and no target hears of it', async ({
    assert,
  }) => {
    const { launch } = await plannedLaunch()
    await remove(launch)
    await plan()

    const [job, ...others] = await jobs()
    assert.isEmpty(others)
    assert.equal(job!.status, 'skipped')
    assert.equal(job!.reason, 'event_removed')
    assert.deepEqual(await sentAs(launch), ['unwanted', false])
  })

  test('a sender that is quicker than the planner does not send it either', async ({ assert }) => {
    const { endpoint, launch } = await plannedLaunch()
    await remove(launch)

    assert.isEmpty(await claimAll(endpoint.id))
    await plan()
    const [job, ...others] = await jobs()
    assert.isEmpty(others)
    assert.equal(job!.status, 'skipped')
  })

  test('a fact that comes back with its block is news again', async ({ assert }) => {
    const endpoint = await storeEndpoint(URL)
    const place = { block_hash: someHash(), launch_tx: someHash(), log_index: 4 }

    for (let life = 0; life < 3; life++) {
      const launch = await storeLaunch(place)
      await plan()
      const [job] = await claimAll(endpoint.id)
      await storeOutcomes({ channel: webhooks, channels, owner: OWNER }, [tried(job!, 'sent')])
      await remove(launch)
      await plan()
      const [removal] = await claimAll(endpoint.id)
      await storeOutcomes({ channel: webhooks, channels, owner: OWNER }, [tried(removal!, 'sent')])
    }

    const sent = await jobs({ status: 'sent' })
    assert.lengthOf(sent, 6)
    assert.equal(new Set(sent.map((job) => job.event_id)).size, 6)
  })

  test('a receiver hears of a reorg: each removed launch once, under the id that it knows', async ({
    assert,
    cleanup,
  }) => {
    const chain = new TestChain(3)
    const server = await RpcServer.start(chain)
    cleanup(() => server.close())
    const receiver = await startReceiver()
    await storeEndpoint(receiver.url, { eventTypes: ['launch.*'] })
    startSender()
    const scanner = scannerOf([server.url], { confirm: 'latest' })

    chain.mine(40)
    await scanner.once()
    await allJobsDone()
    chain.reorg(30)
    await scanner.once()
    const removed = await db.from('launch_events').whereNotNull('removed_at').select('id')
    const standing = await db.from('launch_events').whereNull('removed_at').select('id')
    assert.isAbove(removed.length, 0)
    await receiver.received(2 * removed.length + standing.length)
    await allJobsDone()

    const of = (type: string) =>
      receiver.deliveries.filter(({ event }) => event.event_type === type)
    const idsOf = (deliveries: Delivery[]) => deliveries.map(({ event }) => event.data.id).sort()
    const ids = (rows: { id: unknown }[]) => rows.map(({ id }) => Number(id)).sort()
    const removals = of('launch.created.removed')
    assert.deepEqual(idsOf(removals), ids(removed))
    assert.deepEqual(idsOf(of('launch.created')), ids([...removed, ...standing]))
    for (const removal of removals) {
      verify(removal)
      assert.isNumber(removal.event.data.removed_at)
    }
    assert.equal(receiver.ids.size, receiver.deliveries.length)
  })
})
