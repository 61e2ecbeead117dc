import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { ulid } from '#foundation/text/ulid'
import type { AuditActor } from '#models/audit_event'
import VerificationJob, { type Priority } from '#models/verification_job'
import { recordChange } from '#orders/audit_chain'

interface NewJob {
  order: { id: number; ownerId: number | null }
  priority: Priority
  by: AuditActor
  /** The job that it tries again for, and how many came before it. */
  follows?: { jobUid: string; generation: number }
  /** Epoch milliseconds; at once unless given. */
  dueAt?: number
}

/**
 * Puts an order into the queue of a priority, unless it is in one already.
 *
 * @param now epoch milliseconds
 * @returns the uid of the job; null when the order has one that is not over
 */
export async function createJob(
  trx: TransactionClientContract,
  { order, priority, by, follows, dueAt = 0 }: NewJob,
  now: number
): Promise<string | null> {
  const jobUid = ulid(now)
  const [created] = await trx
    .knexQuery()
    .table('verification_jobs')
    .insert({
      job_uid: jobUid,
      order_id: order.id,
      owner_id: order.ownerId,
      priority,
      state: 'pending',
      requested_by: by,
      generation: follows?.generation ?? 0,
      follows: follows?.jobUid ?? null,
      due_at: Math.max(dueAt, now),
      created_at: now,
    })
    .onConflict()
    .ignore()
    .returning('id')
  if (!created) {
    return null
  }
  await trx.from('orders').where('id', order.id).update({ verification_status: 'waiting' })
  const entry = { orderId: order.id, actor: by, action: 'verification_requested', before: null }
  await recordChange(trx, { ...entry, after: { jobUid, priority } }, now)
  return jobUid
}

/** The job of this name. */
export function findJob(jobUid: string): Promise<VerificationJob | null> {
  return VerificationJob.findBy('job_uid', jobUid)
}
