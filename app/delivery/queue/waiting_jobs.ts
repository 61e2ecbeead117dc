import { rowsOf } from '#foundation/db/statement'
import { inStage, STAGES } from '#delivery/queue/job'
import type { Stage } from '#delivery/queue/job'
import db from '@adonisjs/lucid/services/db'

/** The first job of a stage. */
export interface FirstDue {
  /** Epoch milliseconds. */
  at: number
  priority: number
}

/** The first jobs of a target; absent where there is none of a stage. */
export type DueJobs = Partial<Record<Stage, FirstDue>>

/**
 * When each target with pending jobs is due next. Hops from target to target along the index, so
 * that a million jobs of one target cost as much as one.
 */
export async function readAgenda(channel: string): Promise<Map<number, DueJobs>> {
  const rows = await rowsOf<AgendaRow>(
    db.connection(),
    `with recursive ${STAGES.map(hops).join(', ')}
     ${STAGES.map(firstDue).join(' union all ')}`,
    Array(STAGES.length * 4).fill(channel)
  )

  const agenda = new Map<number, DueJobs>()
  for (const { stage, target_id: id, due_at: dueAt, priority } of rows) {
    const first = { at: Number(dueAt), priority }
    agenda.set(Number(id), { ...agenda.get(Number(id)), [stage]: first })
  }
  return agenda
}

interface AgendaRow {
  stage: Stage
  target_id: number
  due_at: number
  priority: number
}

function hops(stage: Stage): string {
  const waiting = `from notification_jobs where ${inStage[stage]} and channel = ?`

  return `${stage}_target (id) as (
    select min(target_id) ${waiting}
    union all
    select (select min(target_id) ${waiting} and target_id > ${stage}_target.id)
    from ${stage}_target where ${stage}_target.id is not null
  )`
}

function firstDue(stage: Stage): string {
  const first = `from notification_jobs
    where ${inStage[stage]} and channel = ? and target_id = ${stage}_target.id
    order by next_attempt_at, notification_jobs.id limit 1`

  return `select '${stage}' as stage, id as target_id,
    (select next_attempt_at ${first}) as due_at, (select priority ${first}) as priority
    from ${stage}_target where id is not null`
}

/** Jobs of all endpoints that wait to be sent: counted in the indexes that hold nothing else. */
export async function countWaiting(): Promise<number> {
  const parts = STAGES.map(
    (stage) =>
      `select count(*) as jobs from notification_jobs
       where ${inStage[stage]} and channel = 'webhook'`
  )
  const [counted] = await rowsOf<{ jobs: number | string }>(
    db.connection(),
    `select sum(jobs) as jobs from (${parts.join(' union all ')}) as stages`,
    []
  )
  return Number(counted!.jobs)
}
