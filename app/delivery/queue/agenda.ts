import db from '@adonisjs/lucid/services/db'
import { rowsOf } from '#foundation/json_rows'
import { inStage, STAGES } from '#delivery/queue/stage'
import type { Stage } from '#delivery/queue/stage'

/** When the first job of each stage is due, in epoch milliseconds; absent where there is none. */
export type DueTimes = Partial<Record<Stage, number>>

/**
 * When each target with pending jobs is due next. Hops from target to target along the index, so
 * that a million jobs of one target cost as much as one.
 */
export async function readAgenda(channel: string): Promise<Map<number, DueTimes>> {
  const rows = await rowsOf<{ stage: Stage; target_id: number; due_at: number }>(
    db.connection(),
    `with recursive ${STAGES.map(hops).join(', ')}
     ${STAGES.map(dueTimes).join(' union all ')}`,
    Array(STAGES.length * 3).fill(channel)
  )

  const agenda = new Map<number, DueTimes>()
  for (const { stage, target_id: id, due_at: dueAt } of rows) {
    agenda.set(Number(id), { ...agenda.get(Number(id)), [stage]: Number(dueAt) })
  }
  return agenda
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

function dueTimes(stage: Stage): string {
  return `select '${stage}' as stage, id as target_id,
    (select min(next_attempt_at) from notification_jobs
     where ${inStage[stage]} and channel = ? and target_id = ${stage}_target.id) as due_at
    from ${stage}_target where id is not null`
}
