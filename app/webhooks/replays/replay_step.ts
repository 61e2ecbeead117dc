import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import Replay from '#models/replay'
import type { Clock } from '#foundation/clock'
import { withFilters } from '#delivery/expressions/filter_answers'
import type { FilterAnswers } from '#delivery/expressions/filter_answers'
import { insertJobs } from '#delivery/planning/planned_job'
import type { Subscriber } from '#delivery/subscriber'
import { nextBatch, plannedEndpoint } from '#webhooks/replays/next_batch'
import type { BatchLimits } from '#webhooks/replays/replay_position'
import { dueTime, nextStepAt, roomFor } from '#webhooks/replays/replay_rate'
import { isThrough } from '#webhooks/replays/replay_position'
import type { ReplayedEvent } from '#webhooks/replays/replay_position'
import { requeue, requeuedStates } from '#webhooks/replays/requeue'
import { REPLAY_PRIORITY } from '#delivery/queue/job'

/** How long to wait for an endpoint that gets nothing now, in milliseconds. */
const WAIT_MS = 1000

/**
 * Releases the next events of a replay and stores in the same transaction how far it is: a sender
 * that is killed in between has released nothing, and the next one goes on from there. Of several
 * senders one at a time makes a step of a replay.
 */
export function replayStep(id: number, clock: Clock): Promise<void> {
  return withFilters(async (trx, answers) => {
    const now = clock.now()
    const replay = await lockDue(trx, id, now)
    if (replay) {
      await advance(trx, replay, { answers, now })
      await replay.useTransaction(trx).save()
    }
  })
}

async function lockDue(trx: TransactionClientContract, id: number, now: number) {
  const query = Replay.query({ client: trx })
    .where({ id, state: 'running' })
    .where('next_step_at', '<=', now)
  if (trx.dialect.name === 'postgres') {
    query.forUpdate().skipLocked()
  }
  return query.first()
}

async function advance(
  trx: TransactionClientContract,
  replay: Replay,
  { answers, now }: { answers: FilterAnswers; now: number }
) {
  const endpoint = await plannedEndpoint(trx, replay.endpointId, now)
  if (!endpoint) {
    return waitForEndpoint(trx, replay, now)
  }
  const left = (replay.eventLimit ?? Infinity) - replay.added - replay.revived
  const limit = Math.min(await roomFor(trx, replay, now), left)
  const released = limit > 0 ? await release(trx, replay, endpoint, { limit, answers, now }) : 0

  replay.nextStepAt = nextStepAt(replay, { released, limit }, now)
  if (isThrough(replay.position) || released === left) {
    replay.merge({ state: 'done', endedAt: now })
  }
}

/** An endpoint that is disabled may come back, and so may its owner; one that was deleted does not. */
async function waitForEndpoint(trx: TransactionClientContract, replay: Replay, now: number) {
  const isThere = await trx.from('webhook_endpoints').where('id', replay.endpointId).first()
  if (isThere) {
    replay.nextStepAt = now + WAIT_MS
  } else {
    replay.merge({ state: 'cancelled', endedAt: now })
  }
}

async function release(
  trx: TransactionClientContract,
  replay: Replay,
  endpoint: Subscriber,
  { limit, answers, now }: BatchLimits
): Promise<number> {
  const step = { limit, answers, now }
  const { events, position, reachedAt } = await nextBatch(trx, replay, endpoint, step)
  const timed = events.map((event, index) => ({ event, dueAt: dueTime(replay, index, now) }))

  const fresh = timed.flatMap(({ event, dueAt }) => ('fresh' in event ? jobOf(event, dueAt) : []))
  const ended = timed.flatMap(({ event, dueAt }) =>
    'jobId' in event ? { job_id: event.jobId, due_at: dueAt } : []
  )
  await insertJobs(trx, fresh)
  await requeue(trx, ended, requeuedStates(replay))

  replay.merge({
    position,
    reachedAt,
    added: replay.added + fresh.length,
    revived: replay.revived + ended.length,
  })
  return events.length
}

function jobOf({ fresh }: Extract<ReplayedEvent, { fresh: unknown }>, dueAt: number) {
  return { ...fresh, priority: REPLAY_PRIORITY, next_attempt_at: dueAt }
}
