import db from '@adonisjs/lucid/services/db'
import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import { releaseLeftBehind } from '#verification/jobs/release_job'

/** A job that waits for longer is about what is not known any more, in milliseconds. */
const EXPIRED_MS = 7 * 86_400_000

export interface Cleaned {
  /** Waited for too long, or for an order that cannot be verified: cancelled. */
  cancelled: number
  /** In hand of no process, or of one that has ended: back in their queue. */
  released: number
}

/** Puts the queues in order. What is sound stays as it is. */
export async function cleanJobs(clock: Clock): Promise<Cleaned> {
  const now = clock.now()
  const cancelled = await writeTransaction(async (trx) => {
    const jobs: { id: number | string; order_id: number | string }[] = await trx
      .from('verification_jobs')
      .where('state', 'pending')
      .where((bad) =>
        bad
          .where('due_at', '<', now - EXPIRED_MS)
          .orWhereNotExists((sound) =>
            sound
              .from('orders')
              .whereColumn('orders.id', 'verification_jobs.order_id')
              .whereIn('orders.status', ['filled', 'completed'])
          )
      )
      .select('id', 'order_id')
    const ids = jobs.map(({ id }) => Number(id))
    await trx
      .from('verification_jobs')
      .whereIn('id', ids)
      .where('state', 'pending')
      .update({ state: 'cancelled', ended_at: now })
    await trx
      .from('orders')
      .whereIn(
        'id',
        jobs.map((job) => Number(job.order_id))
      )
      .where('verification_status', 'waiting')
      .update({ verification_status: 'cancelled' })
    return ids.length
  })
  return { cancelled, released: (await releaseLeftBehind(now)) + (await releaseUnheld(now)) }
}

/** Without a lease and a deadline no process works on it, and no time runs out. */
async function releaseUnheld(now: number): Promise<number> {
  const released = await db
    .from('verification_jobs')
    .where('state', 'in_progress')
    .where((unheld) => unheld.whereNull('lease_owner').orWhereNull('deadline'))
    .update({ state: 'pending', lease_owner: null, deadline: null, due_at: now })
  return Number(released)
}
