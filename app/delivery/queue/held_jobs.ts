import db from '@adonisjs/lucid/services/db'
import { jsonIds, jsonOf, jsonRows } from '#foundation/db/json_rows'
import { execute } from '#foundation/db/statement'
import { UNSENT } from '#models/notification_job'
import type { Hold } from '#models/reasons'
import { inJobClass, JOB_CLASSES } from '#delivery/queue/job'

/** Finds held jobs by their indexes, which know all jobs that were not sent. */
const HELD = `${UNSENT} and status = 'held'`

const COLUMNS = { held_target: 'bigint', new_reason: 'text', opens_at: 'bigint' } as const

/** Why the jobs of a target wait. */
export interface HeldTarget {
  id: number
  reason: Hold
  /** Epoch milliseconds; null: until something happens. */
  until: number | null
}

/**
 * Holds what is pending for targets whose gate is closed, so that it is not looked at meanwhile. A
 * cross join keeps SQLite from going through all targets for each job.
 */
export async function holdJobs(channel: string, targets: readonly HeldTarget[]): Promise<void> {
  if (targets.length === 0) {
    return
  }
  const client = db.connection()
  const rows = jsonOf(
    COLUMNS,
    targets.map(({ id, reason, until }) => ({
      held_target: id,
      new_reason: reason,
      opens_at: until,
    }))
  )
  for (const jobClass of JOB_CLASSES) {
    await execute(
      client,
      `with closing as materialized (
         select id as job_id, new_reason, opens_at
         from ${jsonRows(client, 'closed', COLUMNS)} cross join notification_jobs
         where ${inJobClass[jobClass]} and channel = ? and target_id = held_target)
       update notification_jobs set status = 'held', reason = new_reason, detail = null,
         next_attempt_at = coalesce(opens_at, next_attempt_at)
       from closing where id = job_id and status = 'pending'`,
      [rows, channel]
    )
  }
}

/** Makes what is held for targets whose gate is open wait for its turn, from `now` (epoch ms) on. */
export async function releaseHeld(
  channel: string,
  targetIds: readonly number[],
  now: number
): Promise<void> {
  if (targetIds.length === 0) {
    return
  }
  const client = db.connection()
  await execute(
    client,
    `update notification_jobs set status = 'pending', reason = null, next_attempt_at = ?
     where ${HELD} and channel = ? and target_id in ${jsonIds(client)}`,
    [now, channel, JSON.stringify(targetIds)]
  )
}

/** Ends what is held and too old at `now`, in epoch milliseconds. */
export async function expireHeld(channel: string, now: number): Promise<void> {
  await execute(
    db.connection(),
    `update notification_jobs set status = 'expired', reason = null
     where ${HELD} and channel = ? and expires_at <= ?`,
    [channel, now]
  )
}
