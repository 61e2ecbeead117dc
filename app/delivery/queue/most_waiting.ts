import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { jsonIds } from '#foundation/db/json_rows'
import { execute } from '#foundation/db/statement'
import { UNSENT } from '#models/notification_job'
import { SUMMARISED } from '#models/reasons'
import { IN_HAND, inJobClass } from '#delivery/queue/job'

/** `+` keeps SQLite from looking through all jobs that a target ever had. */
const WAITING = [
  `${inJobClass.first} and target_id`,
  `${inJobClass.retry} and target_id`,
  `${UNSENT} and status = 'held' and target_id`,
  `${IN_HAND} and +target_id`,
]

/**
 * Ends the oldest of what waits for some targets, in the transaction that plans more, so that of each
 * no more than `most` jobs wait. What is being sent counts and stays: it may come back.
 */
export async function limitWaiting(
  trx: TransactionClientContract,
  { channel, most }: { channel: string; most: number },
  targetIds: readonly number[]
): Promise<void> {
  if (targetIds.length === 0) {
    return
  }
  const ids = JSON.stringify(targetIds)
  const parts = WAITING.map(
    (condition) =>
      `select id, target_id, status from notification_jobs
       where channel = ? and ${condition} in ${jsonIds(trx)}`
  )
  await execute(
    trx,
    `update notification_jobs set status = 'expired', reason = ?
     where id in (
       select id from (
         select id, status, row_number() over (
           partition by target_id
           order by case when status = 'sending' then 0 else 1 end, id desc) as place
         from (${parts.join(' union all ')}) as waiting) as numbered
       where place > ? and status <> 'sending')`,
    [SUMMARISED, ...WAITING.flatMap(() => [channel, ids]), most]
  )
}
