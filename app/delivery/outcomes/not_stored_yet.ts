import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { jsonOf, jsonRows } from '#foundation/db/json_rows'
import { rowsOf } from '#foundation/db/statement'
import { IF_HELD } from '#delivery/outcomes/finish_jobs'
import type { Outcome } from '#delivery/outcomes/outcome'

const COLUMNS = {
  place: 'integer',
  job_id: 'bigint',
  held_fence: 'integer',
  started: 'bigint',
} as const

/**
 * Those of some outcomes that are not stored. A session that is lost during COMMIT leaves open
 * whether it was done: what is written again then would be logged and counted twice. An attempt is
 * known by its job and its start, all else by the lease that ends with it.
 */
export async function notStoredYet(
  trx: TransactionClientContract,
  owner: string,
  outcomes: readonly Outcome[]
): Promise<Outcome[]> {
  const rows = outcomes.map(({ job, attempt }, place) => ({
    place,
    job_id: job.id,
    held_fence: job.fence,
    started: attempt?.startedAt ?? null,
  }))
  const missing = await rowsOf<{ place: number }>(
    trx,
    `select place from ${jsonRows(trx, 'given', COLUMNS)}
     where case when started is null
       then exists (select 1 from notification_jobs where ${IF_HELD})
       else not exists (
         select 1 from delivery_attempts as logged
         where logged.job_id = given.job_id and logged.started_at = given.started) end
     order by place`,
    [jsonOf(COLUMNS, rows), owner]
  )
  return missing.map(({ place }) => outcomes[Number(place)]!)
}
