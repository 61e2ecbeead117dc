import { rowsOf } from '#foundation/db/statement'
import { inJobClass, JOB_CLASSES } from '#delivery/queue/job'
import type { JobClass } from '#delivery/queue/job'
import db from '@adonisjs/lucid/services/db'

/** The first job of a class. */
export interface FirstDue {
  /** Epoch milliseconds. */
  at: number
  priority: number
}

/** The first jobs of a target; absent where there is none of a class. */
export type DueJobs = Partial<Record<JobClass, FirstDue>>

/**
 * When each target with pending jobs is due next. Hops from target to target along the index, so
 * that a million jobs of one target cost as much as one.
 */
export async function readNextDue(channel: string): Promise<Map<number, DueJobs>> {
  const rows = await rowsOf<NextDueRow>(
    db.connection(),
    `with recursive ${JOB_CLASSES.map(hops).join(', ')}
     ${JOB_CLASSES.map(firstDue).join(' union all ')}`,
    Array(JOB_CLASSES.length * 4).fill(channel)
  )

  const nextDue = new Map<number, DueJobs>()
  for (const { job_class: jobClass, target_id: id, due_at: dueAt, priority } of rows) {
    const first = { at: Number(dueAt), priority }
    nextDue.set(Number(id), { ...nextDue.get(Number(id)), [jobClass]: first })
  }
  return nextDue
}

interface NextDueRow {
  job_class: JobClass
  target_id: number
  due_at: number
  priority: number
}

function hops(jobClass: JobClass): string {
  const waiting = `from notification_jobs where ${inJobClass[jobClass]} and channel = ?`

  return `${jobClass}_target (id) as (
    select min(target_id) ${waiting}
    union all
    select (select min(target_id) ${waiting} and target_id > ${jobClass}_target.id)
    from ${jobClass}_target where ${jobClass}_target.id is not null
  )`
}

function firstDue(jobClass: JobClass): string {
  const first = `from notification_jobs
    where ${inJobClass[jobClass]} and channel = ? and target_id = ${jobClass}_target.id
    order by next_attempt_at, notification_jobs.id limit 1`

  return `select '${jobClass}' as job_class, id as target_id,
    (select next_attempt_at ${first}) as due_at, (select priority ${first}) as priority
    from ${jobClass}_target where id is not null`
}

/** Jobs of a channel that wait to be sent: counted in the indexes that hold nothing else. */
export async function countWaiting(channel: string): Promise<number> {
  const parts = JOB_CLASSES.map(
    (jobClass) =>
      `select count(*) as jobs from notification_jobs
       where ${inJobClass[jobClass]} and channel = ?`
  )
  const [counted] = await rowsOf<{ jobs: number | string }>(
    db.connection(),
    `select sum(jobs) as jobs from (${parts.join(' union all ')}) as waiting`,
    JOB_CLASSES.map(() => channel)
  )
  return Number(counted!.jobs)
}
