import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { insertRows } from '#foundation/insert_rows'
import type { WrittenTable } from '#foundation/insert_rows'
import { jsonOf, jsonRows } from '#foundation/json_rows'
import { countAttempts } from '#delivery/outcomes/delivery_stats'
import type { Outcome } from '#delivery/outcomes/outcome'
import { countSetAside } from '#delivery/outcomes/set_aside_stats'
import { lockFacts, settleFacts, settlingFacts } from '#delivery/outcomes/settled_facts'

const JOB_COLUMNS = {
  job_id: 'bigint',
  held_fence: 'integer',
  new_status: 'text',
  tries: 'integer',
  due_at: 'bigint',
  done_at: 'bigint',
  error: 'text',
} as const

const ATTEMPTS: WrittenTable = {
  name: 'delivery_attempts',
  columns: {
    job_id: 'bigint',
    target_id: 'bigint',
    attempt: 'integer',
    started_at: 'bigint',
    duration_ms: 'integer',
    outcome: 'text',
    error_kind: 'text',
    error: 'text',
    http_status: 'integer',
    response_head: 'text',
  },
}

/**
 * Writes many outcomes in one transaction: the jobs' new states, a row per attempt, and
 * `webhook_sent` of the facts that have now reached everybody. A job whose lease another process
 * has taken over keeps the state that process gave it.
 */
export async function storeOutcomes(owner: string, outcomes: readonly Outcome[]) {
  await db.transaction(async (trx) => {
    const settling = settlingFacts(outcomes)
    if (trx.dialect.name === 'postgres') {
      await lockFacts(trx, settling)
    }

    await moveJobs(trx, owner, outcomes)
    await logAttempts(trx, outcomes)
    for (const [type, ids] of settling) {
      await settleFacts(trx, type, ids)
    }
    await countAttempts(trx, outcomes)
    await countSetAside(trx, outcomes.flatMap(setAside))
  })
}

async function moveJobs(
  trx: TransactionClientContract,
  owner: string,
  outcomes: readonly Outcome[]
) {
  const rows = outcomes.map(({ job, status, attempt, nextAttemptAt, finishedAt, error }) => ({
    job_id: job.id,
    held_fence: job.fence,
    new_status: status,
    tries: attempt ? 1 : 0,
    due_at: nextAttemptAt,
    done_at: status === 'sent' ? finishedAt : null,
    error,
  }))

  await trx.rawQuery(
    `update notification_jobs
     set status = new_status, attempts = attempts + tries,
       next_attempt_at = coalesce(due_at, next_attempt_at), sent_at = done_at,
       last_error = error, lease_owner = null, lease_until = null
     from ${jsonRows(trx, 'ended', JOB_COLUMNS)}
     where id = job_id and fence = held_fence and lease_owner = ? and status = 'sending'`,
    [jsonOf(JOB_COLUMNS, rows), owner]
  )
}

async function logAttempts(trx: TransactionClientContract, outcomes: readonly Outcome[]) {
  const rows = outcomes.flatMap(({ job, attempt, error }) => {
    if (!attempt) {
      return []
    }
    return {
      job_id: job.id,
      target_id: job.targetId,
      attempt: job.attempts + 1,
      started_at: attempt.startedAt,
      duration_ms: attempt.durationMs,
      outcome: attempt.errorKind ? 'failed' : 'accepted',
      error_kind: attempt.errorKind,
      error,
      http_status: attempt.httpStatus,
      response_head: attempt.responseHead,
    }
  })

  await insertRows(trx, ATTEMPTS, rows)
}

function setAside({ job, status, error, finishedAt: at }: Outcome) {
  return status === 'skipped' ? [{ targetId: job.targetId, reason: String(error), at }] : []
}
