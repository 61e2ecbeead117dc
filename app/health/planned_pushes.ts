import db from '@adonisjs/lucid/services/db'
import { idBounds, type IdBounds, idSlices } from '#foundation/db/id_bounds'
import { rowsOf } from '#foundation/db/statement'
import { quoted } from '#models/reasons'
import type { Window } from '#health/settings'

/**
 * What became of a job. `expired`: in time when it was planned, and too late when its turn came.
 * `stale`: too old already when it was planned. `unfit`: filter or template failed on it.
 * `set_aside`: its endpoint is out of service, or a reorg removed what it tells of.
 */
export const JOB_OUTCOMES = [
  ...['sent', 'waiting', 'failed', 'held', 'expired', 'unfit'],
  ...['stale', 'left_out', 'set_aside'],
] as const

export type JobOutcome = (typeof JOB_OUTCOMES)[number]

const OUTCOME = `case
  when job.status in ('pending', 'sending') then 'waiting'
  when job.status = 'expired' and job.expires_at <= job.created_at then 'stale'
  when job.status <> 'skipped' then job.status
  when job.reason = ${quoted('filtered')} then 'left_out'
  when job.reason in (${quoted('filter_failed', 'template_failed')}) then 'unfit'
  else 'set_aside' end`

export interface PlannedPushes {
  /** Of a launch: where and what it was. Null for everything else. */
  source: string | null
  kind: string | null
  outcome: JobOutcome
  jobs: number
}

interface Row {
  launch: string | null
  outcome: JobOutcome
  jobs: number | string
}

/**
 * Counts what was planned in a window, by what became of it, in one pass over the jobs of the window,
 * a slice at a time: it costs what was planned in it, not what was ever planned, and no writer waits
 * for it. What a replay sends again is not counted: it was asked for, and goes at its own
 * pace.
 */
export async function plannedPushes(window: Window): Promise<PlannedPushes[]> {
  const sums = new Map<string, Row & { jobs: number }>()
  const bounds = await idBounds(db.connection(), 'notification_jobs', window)
  for await (const slice of idSlices(bounds)) {
    for (const { launch, outcome, jobs } of await countSlice(slice, window)) {
      const key = `${launch} ${outcome}`
      const sum = sums.get(key)?.jobs ?? 0
      sums.set(key, { launch, outcome, jobs: sum + Number(jobs) })
    }
  }
  return [...sums.values()].map(({ launch, outcome, jobs }) => {
    const [source = null, kind = null] = launch?.split(' ') ?? []
    return { source, kind, outcome, jobs }
  })
}

/** Launches are looked up one by one: PostgreSQL reads all that there ever were in order to join them. */
function countSlice({ after, through }: IdBounds, { since, until }: Window): Promise<Row[]> {
  return rowsOf<Row>(
    db.connection(),
    `select launch, outcome, sum(jobs) as jobs
     from (
       select (select source || ' ' || kind from launch_events where id = launch_id) as launch,
         outcome, jobs
       from (
         select case when job.fact_type = 'launch' then job.fact_id end as launch_id,
           ${OUTCOME} as outcome, count(*) as jobs
         from notification_jobs as job
         where job.id > ? and job.id <= ? and job.created_at >= ? and job.created_at < ?
           and job.channel = 'webhook' and job.priority >= 0
         group by 1, 2) as planned) as of_launches
     group by launch, outcome`,
    [after, through, since, until]
  )
}
