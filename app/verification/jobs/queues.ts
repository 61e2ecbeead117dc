import db from '@adonisjs/lucid/services/db'
import VerificationJob, { PRIORITIES, type Priority } from '#models/verification_job'

/** Under the names of the original specification. */
export const QUEUE_NAMES = {
  high: 'verification_high',
  normal: 'verification_normal',
  low: 'verification_low',
} as const satisfies Record<Priority, string>

/** One queue of verifications; times in epoch milliseconds. */
export interface QueueState {
  name: string
  /** Jobs that wait, due or not, and jobs that are worked on. */
  length: number
  in_progress: number
  oldest_at: number | null
}

/** Jobs of each queue that are named. */
const MOST_NAMED = 20

export async function queueStates(): Promise<QueueState[]> {
  const rows = await db
    .from('verification_jobs')
    .whereIn('state', ['pending', 'in_progress'])
    .groupBy('priority', 'state')
    .select('priority', 'state')
    .count('* as jobs')
    .min('created_at as oldest_at')
  return PRIORITIES.map((priority) => {
    const of = (state: string) =>
      rows.find((row) => row.priority === priority && row.state === state)
    const oldest = of('pending')?.oldest_at
    return {
      name: QUEUE_NAMES[priority],
      length: Number(of('pending')?.jobs ?? 0),
      in_progress: Number(of('in_progress')?.jobs ?? 0),
      oldest_at: oldest === undefined || oldest === null ? null : Number(oldest),
    }
  })
}

/** The jobs at the head of each queue, those that are worked on first. */
export async function queueDetails(): Promise<VerificationJob[]> {
  const working = await VerificationJob.query()
    .where('state', 'in_progress')
    .orderBy('deadline')
    .limit(MOST_NAMED)
  const heads = await Promise.all(
    PRIORITIES.map((priority) =>
      VerificationJob.query()
        .where({ priority, state: 'pending' })
        .orderBy('due_at')
        .orderBy('id')
        .limit(MOST_NAMED)
    )
  )
  return [...working, ...heads.flat()]
}

/** The newest jobs that failed. */
export function lastFailed(limit: number): Promise<VerificationJob[]> {
  return VerificationJob.query().where('state', 'failed').orderBy('id', 'desc').limit(limit)
}
