import db from '@adonisjs/lucid/services/db'
import { rowsOf } from '#foundation/db/statement'
import { inStage, STAGES } from '#delivery/queue/stage'

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
