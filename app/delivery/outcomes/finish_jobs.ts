import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { jsonOf, jsonRows } from '#foundation/db/json_rows'
import { execute } from '#foundation/db/statement'
import type { Outcome } from '#delivery/outcomes/outcome'

const SENT_COLUMNS = { job_id: 'bigint', held_fence: 'integer', done_at: 'bigint' } as const

const OTHER_COLUMNS = {
  job_id: 'bigint',
  held_fence: 'integer',
  new_status: 'text',
  tries: 'integer',
  due_at: 'bigint',
  new_reason: 'text',
  new_detail: 'text',
} as const

/** A job whose lease another process has taken over keeps the state that process gave it. */
export const IF_HELD = `id = job_id and fence = held_fence and lease_owner = ? and status = 'sending'`

/** Gives jobs the state that came of them. Most were sent, and need no more than the time of it. */
export async function finishJobs(
  trx: TransactionClientContract,
  owner: string,
  outcomes: readonly Outcome[]
) {
  const { sent = [], other = [] } = Object.groupBy(outcomes, ({ status }) =>
    status === 'sent' ? 'sent' : 'other'
  )
  await moveSent(trx, owner, sent)
  await moveOthers(trx, owner, other)
}

async function moveSent(
  trx: TransactionClientContract,
  owner: string,
  outcomes: readonly Outcome[]
) {
  if (outcomes.length === 0) {
    return
  }
  const rows = outcomes.map(({ job, finishedAt }) => ({
    job_id: job.id,
    held_fence: job.fence,
    done_at: finishedAt,
  }))
  await execute(
    trx,
    `update notification_jobs
     set status = 'sent', attempts = attempts + 1, sent_at = done_at, reason = null,
       detail = null, lease_owner = null, lease_until = null
     from ${jsonRows(trx, 'ended', SENT_COLUMNS)} where ${IF_HELD}`,
    [jsonOf(SENT_COLUMNS, rows), owner]
  )
}

async function moveOthers(
  trx: TransactionClientContract,
  owner: string,
  outcomes: readonly Outcome[]
) {
  if (outcomes.length === 0) {
    return
  }
  const rows = outcomes.map(({ job, status, attempt, nextAttemptAt, reason, detail }) => ({
    job_id: job.id,
    held_fence: job.fence,
    new_status: status,
    tries: attempt ? 1 : 0,
    due_at: nextAttemptAt,
    new_reason: reason,
    new_detail: detail,
  }))
  await execute(
    trx,
    `update notification_jobs
     set status = new_status, attempts = attempts + tries,
       next_attempt_at = coalesce(due_at, next_attempt_at), sent_at = null, reason = new_reason,
       detail = new_detail, lease_owner = null, lease_until = null
     from ${jsonRows(trx, 'ended', OTHER_COLUMNS)} where ${IF_HELD}`,
    [jsonOf(OTHER_COLUMNS, rows), owner]
  )
}
