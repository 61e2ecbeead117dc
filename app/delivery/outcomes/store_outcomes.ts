import type { Skip } from '#models/reasons'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { settleTrialPushes } from '#billing/plans/trial_push'
import type { PlannedChannel } from '#delivery/channel'
import { transaction } from '#foundation/db/transaction'
import { insertRows } from '#foundation/db/insert_rows'
import type { WrittenTable } from '#foundation/db/insert_rows'
import { countAttempts, countSkipped } from '#delivery/outcomes/delivery_stats'
import { finishJobs } from '#delivery/outcomes/finish_jobs'
import { notStoredYet } from '#delivery/outcomes/not_stored_yet'
import type { Outcome } from '#delivery/outcomes/outcome'
import { lockFacts, markEnded, endedFacts } from '#delivery/outcomes/mark_ended'

const ATTEMPTS: WrittenTable = {
  name: 'delivery_attempts',
  columns: {
    job_id: 'bigint',
    channel: 'text',
    target_id: 'bigint',
    attempt: 'integer',
    started_at: 'bigint',
    duration_ms: 'integer',
    outcome: 'text',
    reason: 'text',
    detail: 'text',
    http_status: 'integer',
    response_head: 'text',
  },
}

interface Origin {
  channel: PlannedChannel
  /** All that there are: the one push of a trial goes over each of them. */
  channels: readonly PlannedChannel[]
  /** The process that holds the leases. */
  owner: string
}

/**
 * Writes many outcomes of one channel in one transaction: the jobs' new states, a row per attempt,
 * what trials have used, and the mark of the facts that have now reached all of the channel's
 * targets. A job whose lease another process has taken over keeps the state that process gave it.
 *
 * @param mayBeStored an earlier try ended without an answer: what is stored already is left alone
 */
export async function storeOutcomes(
  { channel, channels, owner }: Origin,
  given: readonly Outcome[],
  mayBeStored = false
) {
  await transaction(async (trx) => {
    const outcomes = mayBeStored ? await notStoredYet(trx, owner, given) : given
    const ended = endedFacts(channel, outcomes)
    if (trx.dialect.name === 'postgres') {
      await lockFacts(trx, ended)
    }

    await finishJobs(trx, owner, outcomes)
    await settleTrialPushes(trx, channels, endedLaunches(outcomes))
    await logAttempts(trx, channel.name, outcomes)
    for (const [type, ids] of ended) {
      await markEnded(trx, channel, type, ids)
    }
    await countAttempts(trx, channel.name, outcomes)
    await countSkipped(trx, channel.name, outcomes.flatMap(skipped))
  })
}

/** The launches of which a job has ended. */
function endedLaunches(outcomes: readonly Outcome[]): number[] {
  const ended = outcomes.filter(
    ({ job, status }) => job.factType === 'launch' && status !== 'pending' && status !== 'held'
  )
  return [...new Set(ended.map(({ job }) => job.factId))]
}

async function logAttempts(
  trx: TransactionClientContract,
  channel: string,
  outcomes: readonly Outcome[]
) {
  const rows = outcomes.flatMap(({ job, attempt, reason, detail }) => {
    if (!attempt) {
      return []
    }
    return {
      job_id: job.id,
      channel,
      target_id: job.targetId,
      attempt: job.attempts + 1,
      started_at: attempt.startedAt,
      duration_ms: attempt.durationMs,
      outcome: reason ? 'failed' : 'accepted',
      reason,
      detail,
      http_status: attempt.httpStatus,
      response_head: attempt.responseHead,
    }
  })

  await insertRows(trx, ATTEMPTS, rows)
}

function skipped({ job, status, reason, finishedAt: at }: Outcome) {
  return status === 'skipped' ? [{ targetId: job.targetId, reason: reason as Skip, at }] : []
}
