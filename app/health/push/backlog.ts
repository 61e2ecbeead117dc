import db from '@adonisjs/lucid/services/db'
import { inJobClass, JOB_CLASSES } from '#delivery/queue/job'
import type { JobClass } from '#delivery/queue/job'

export interface Backlog {
  /** Jobs that were never tried. */
  new: number
  /** Jobs that failed and are to be tried again. */
  tried: number
  /** Jobs that a replay put back. */
  replayed: number
  sending: number
  /** When the oldest job was due that was never tried, in epoch milliseconds. */
  oldest_new_at: number | null
}

/** What waits to be sent, by why it waits. Costs what waits: there are indexes of that alone. */
export async function readBacklog(): Promise<Backlog> {
  const [sending, ...waiting] = await Promise.all([
    db.from('notification_jobs').where('status', 'sending').count('* as jobs').first(),
    ...JOB_CLASSES.map((jobClass) =>
      db
        .from('notification_jobs')
        .whereRaw(inJobClass[jobClass])
        .count('* as jobs')
        .min('next_attempt_at as due_at')
        .first()
    ),
  ])
  const of = (jobClass: JobClass) => waiting[JOB_CLASSES.indexOf(jobClass)]
  const oldest = of('first').due_at
  return {
    new: Number(of('first').jobs),
    tried: Number(of('retry').jobs),
    replayed: Number(of('replay').jobs),
    sending: Number(sending.jobs),
    oldest_new_at: oldest === null ? null : Number(oldest),
  }
}
