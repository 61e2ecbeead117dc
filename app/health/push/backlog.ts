import db from '@adonisjs/lucid/services/db'
import { inStage, STAGES, type Stage } from '#delivery/queue/job'

export interface Backlog extends Record<Stage, number> {
  sending: number
  /** When the oldest job was due that was never tried, in epoch milliseconds. */
  oldest_new_at: number | null
}

/** What waits to be sent, by why it waits. Costs what waits: there are indexes of that alone. */
export async function readBacklog(): Promise<Backlog> {
  const [sending, ...stages] = await Promise.all([
    db.from('notification_jobs').where('status', 'sending').count('* as jobs').first(),
    ...STAGES.map((stage) =>
      db
        .from('notification_jobs')
        .whereRaw(inStage[stage])
        .count('* as jobs')
        .min('next_attempt_at as due_at')
        .first()
    ),
  ])
  const counts = STAGES.map((stage, index) => [stage, Number(stages[index].jobs)])
  const oldest = stages[STAGES.indexOf('new')].due_at
  return {
    ...(Object.fromEntries(counts) as Record<Stage, number>),
    sending: Number(sending.jobs),
    oldest_new_at: oldest === null ? null : Number(oldest),
  }
}
