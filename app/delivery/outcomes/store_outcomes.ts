import type { Skip } from '#models/reasons'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { settleTrialPushes } from '#billing/plans/trial_push'
import { transaction } from '#foundation/db/transaction'
import { insertRows } from '#foundation/db/insert_rows'
import type { WrittenTable } from '#foundation/db/insert_rows'
import { countAttempts, countSetAside } from '#delivery/outcomes/delivery_stats'
import { finishJobs } from '#delivery/outcomes/finish_jobs'
import type { Outcome } from '#delivery/outcomes/outcome'
import { lockFacts, markDelivered, settlingFacts } from '#delivery/outcomes/mark_delivered'

const ATTEMPTS: WrittenTable = {
  name: 'delivery_attempts',
  columns: {
    job_id: 'bigint',
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

/**
 * Writes many outcomes in one transaction: the jobs' new states, a row per attempt, what trials have
 * used, and `webhook_sent` of the facts that have now reached everybody. A job whose lease another
 * process has taken over keeps the state that process gave it.
 */
export async function storeOutcomes(owner: string, outcomes: readonly Outcome[]) {
  await transaction(async (trx) => {
    const settling = settlingFacts(outcomes)
    if (trx.dialect.name === 'postgres') {
      await lockFacts(trx, settling)
    }

    await finishJobs(trx, owner, outcomes)
    await settleTrialPushes(trx, endedLaunches(outcomes))
    await logAttempts(trx, outcomes)
    for (const [type, ids] of settling) {
      await markDelivered(trx, type, ids)
    }
    await countAttempts(trx, outcomes)
    await countSetAside(trx, outcomes.flatMap(setAside))
  })
}

/** The launches of which a job has ended. */
function endedLaunches(outcomes: readonly Outcome[]): number[] {
  const ended = outcomes.filter(
    ({ job, status }) => job.factType === 'launch' && status !== 'pending'
  )
  return [...new Set(ended.map(({ job }) => job.factId))]
}

async function logAttempts(trx: TransactionClientContract, outcomes: readonly Outcome[]) {
  const rows = outcomes.flatMap(({ job, attempt, reason, detail }) => {
    if (!attempt) {
      return []
    }
    return {
      job_id: job.id,
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

function setAside({ job, status, reason, finishedAt: at }: Outcome) {
  return status === 'skipped' ? [{ targetId: job.targetId, reason: reason as Skip, at }] : []
}
