import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import { Refusal } from '#foundation/errors'
import type { AuditActor } from '#models/audit_event'
import Order from '#models/order'
import VerificationJob from '#models/verification_job'
import { createJob } from '#verification/jobs/create_job'

/**
 * Verifies an order on request, in the normal queue.
 *
 * @returns the uid of the job
 * @throws Refusal for an order that was not filled, or has a job that is not over
 */
export async function requestVerification(
  order: Order,
  by: AuditActor,
  clock: Clock
): Promise<string> {
  if (order.status !== 'filled' && order.status !== 'completed') {
    const message = 'Only an order that was filled can be verified'
    throw new Refusal('conflict', 'order_not_filled', message)
  }
  const created = await writeTransaction((trx) =>
    createJob(trx, { order, priority: 'normal', by }, clock.now())
  )
  if (created === null) {
    const message = 'A verification of this order is under way, or waits for its turn'
    throw new Refusal('conflict', 'verification_in_progress', message)
  }
  return created
}

/**
 * Verifies the order of a job again.
 *
 * @returns the uid of the new job
 * @throws Refusal when there is no such job, and as `requestVerification`
 */
export async function retryJob(jobUid: string, clock: Clock): Promise<string> {
  const job = await VerificationJob.findBy('job_uid', jobUid)
  if (!job) {
    throw new Refusal('unknown', 'unknown_job', `There is no verification ${jobUid}`)
  }
  return requestVerification(await Order.findOrFail(job.orderId), 'operator', clock)
}

/**
 * Verifies orders again whose last verification failed, the newest first, except where two paths
 * differed: that stays until an operator has looked.
 *
 * @returns the uids of the new jobs
 */
export async function retryFailed(limit: number, clock: Clock): Promise<string[]> {
  const jobs = await VerificationJob.query()
    .where('state', 'failed')
    .whereNot('error_code', 'hash_mismatch')
    .whereNotExists((later) =>
      later
        .from('verification_jobs as later')
        .whereColumn('later.order_id', 'verification_jobs.order_id')
        .whereColumn('later.id', '>', 'verification_jobs.id')
        .whereNot('later.state', 'failed')
    )
    .orderBy('id', 'desc')
    .limit(limit)
  const orders = await Order.query().whereIn('id', [...new Set(jobs.map((job) => job.orderId))])
  const started: string[] = []
  for (const order of orders) {
    const created = await writeTransaction((trx) =>
      createJob(trx, { order, priority: 'normal', by: 'operator' }, clock.now())
    )
    if (created) started.push(created)
  }
  return started
}
