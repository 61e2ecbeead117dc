import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { insertRows, type WrittenTable } from '#foundation/db/insert_rows'
import { jsonIds } from '#foundation/db/json_rows'
import { execute, rowsOf } from '#foundation/db/statement'
import type { ReachingChannel } from '#billing/plans/eligible_users'

const TABLE: WrittenTable = {
  name: 'trial_pushes',
  columns: {
    user_id: 'bigint',
    source: 'text',
    pending_launch_id: 'bigint',
    created_at: 'bigint',
  },
}

/** The one push of a source that a trial has, and the launch that it is for. */
export interface TrialPush {
  userId: number
  source: string
  launchId: number
}

/**
 * Reserves the one push of a source that a trial has, in the transaction that plans its jobs. Until
 * it is settled the user is eligible for no other launch of the source.
 *
 * @returns false when it was reserved or used before
 */
export async function reserveTrialPush(
  trx: TransactionClientContract,
  { userId, source, launchId }: TrialPush,
  now: number
): Promise<boolean> {
  const row = { user_id: userId, source, pending_launch_id: launchId, created_at: now }
  return (await insertRows(trx, TABLE, [row])) === 1
}

/**
 * Settles reserved pushes by the state of their jobs: used once a receiver has accepted one, given
 * back once all have ended unsent, so that the next launch is pushed. One that is used stays so,
 * whatever a replay of its jobs comes to. Asks the jobs themselves, so a second call, or one after
 * a crash, finds the same.
 *
 * @param channels all that there are: a push is given back when it has ended over each of them
 * @param launches only the pushes of these launches; all without it
 */
export async function settleTrialPushes(
  trx: TransactionClientContract,
  channels: readonly ReachingChannel[],
  launches?: readonly number[]
): Promise<void> {
  if (launches?.length === 0 || !(await hasReserved(trx))) return

  const reserved = launches
    ? `pending_launch_id in ${jsonIds(trx)}`
    : 'pending_launch_id is not null'
  const hasJob = (condition: string) => jobOf(channels, condition)
  const bindings = launches ? [JSON.stringify(launches)] : []

  await execute(
    trx,
    `update trial_pushes set pending_launch_id = null
     where ${reserved} and ${hasJob(`job.status = 'sent'`)}`,
    bindings
  )
  await execute(
    trx,
    `delete from trial_pushes
     where ${reserved} and not ${hasJob(`job.status not in ('failed', 'expired', 'skipped')`)}`,
    bindings
  )
}

/**
 * Uses up the pushes of trials whose launches turn out to have been told although their jobs had ended,
 * and the pushes had been given back for that. One that is reserved for another launch by then has
 * reached its user once too often, and is used all the same.
 *
 * @param jobIds the jobs that are sent after all
 * @param now epoch milliseconds
 */
export async function useTrialPushes(
  trx: TransactionClientContract,
  jobIds: readonly number[],
  now: number
): Promise<void> {
  await execute(
    trx,
    `insert into trial_pushes (user_id, source, pending_launch_id, created_at)
     select distinct job.user_id, launch.source, cast(null as bigint), cast(? as bigint)
     from notification_jobs as job
     join launch_events as launch on launch.id = job.fact_id
     join entitlements on entitlements.user_id = job.user_id
     where job.fact_type = 'launch' and entitlements.plan = 'trial' and job.id in ${jsonIds(trx)}
     on conflict (user_id, source) do update set pending_launch_id = null`,
    [now, JSON.stringify(jobIds)]
  )
}

/** Most of the time none is, which an index without a row tells at once. */
async function hasReserved(trx: TransactionClientContract): Promise<boolean> {
  const one = 'select 1 from trial_pushes where pending_launch_id is not null limit 1'
  const rows = await rowsOf(trx, one, [])
  return rows.length > 0
}

/** Whether the push has such a job, over any channel. By target, as a launch may have thousands. */
function jobOf(channels: readonly ReachingChannel[], condition: string): string {
  const jobs = channels.map(
    ({ name, targetTable }) =>
      `exists (
         select 1 from ${targetTable.name} as target
         where target.${targetTable.owner} = trial_pushes.user_id and exists (
           select 1 from notification_jobs as job
           where job.fact_type = 'launch' and job.fact_id = trial_pushes.pending_launch_id
             and job.channel = '${name}' and job.target_id = target.id and ${condition}))`
  )
  return `(${jobs.join(' or ')})`
}
