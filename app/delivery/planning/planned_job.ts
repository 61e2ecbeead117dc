import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { jsonOf, jsonRows } from '#foundation/db/json_rows'
import type { Skip } from '#models/reasons'

const JOB_COLUMNS = {
  channel: 'text',
  target_id: 'bigint',
  user_id: 'bigint',
  fact_type: 'text',
  fact_id: 'bigint',
  event_type: 'text',
  event_id: 'text',
  token_address: 'text',
  priority: 'integer',
  status: 'text',
  next_attempt_at: 'bigint',
  expires_at: 'bigint',
  reason: 'text',
  detail: 'text',
  created_at: 'bigint',
} as const

/** A job as the planner makes it. */
export type PlannedJob = Record<keyof typeof JOB_COLUMNS, string | number | null> & {
  reason: Skip | null
}

/** Stores jobs in one statement; one that is there already stays as it is. */
export async function insertJobs(trx: TransactionClientContract, jobs: readonly PlannedJob[]) {
  if (jobs.length === 0) {
    return
  }
  const columns = Object.keys(JOB_COLUMNS).join(', ')
  await trx.rawQuery(
    `insert into notification_jobs (${columns})
     select ${columns} from ${jsonRows(trx, 'planned', JOB_COLUMNS)} where true
     on conflict do nothing`,
    [jsonOf(JOB_COLUMNS, jobs)]
  )
}
