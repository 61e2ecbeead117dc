import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { jsonOf, jsonRows } from '#foundation/db/json_rows'
import { REPLAY_PRIORITY } from '#delivery/queue/job'

const DUE_COLUMNS = { job_id: 'bigint', due_at: 'bigint' } as const

/** A job and when it is due again, in epoch milliseconds. */
type Requeued = Record<keyof typeof DUE_COLUMNS, number>

/** Jobs that have ended without being sent. One that is pending or leased is sent in any case. */
const ENDED = ['failed', 'skipped', 'expired']

/** The states of jobs that a replay sends once more; `again`: also of those that were sent. */
export function requeuedStates({ again }: { again: boolean }): readonly string[] {
  return again ? [...ENDED, 'sent'] : ENDED
}

/**
 * Makes ended jobs of these states pending again, without an expiry, and answers how many that
 * were. They keep one of their tries: the schedule begins almost anew, and it stays known that the
 * receiver may have been told of the event.
 */
export async function requeue(
  trx: TransactionClientContract,
  jobs: readonly Requeued[],
  states: readonly string[]
): Promise<number> {
  if (jobs.length === 0) {
    return 0
  }
  const result = await trx.rawQuery(
    `update notification_jobs
     set status = 'pending', priority = ${REPLAY_PRIORITY}, next_attempt_at = due_at, expires_at = null,
       attempts = case when attempts > 0 then 1 else 0 end, sent_at = null,
       reason = null, detail = null
     from ${jsonRows(trx, 'chosen', DUE_COLUMNS)}
     where id = job_id and status in (${states.map(() => '?').join(', ')})`,
    [jsonOf(DUE_COLUMNS, jobs), ...states]
  )
  return Number(result.rowCount ?? result.changes)
}
