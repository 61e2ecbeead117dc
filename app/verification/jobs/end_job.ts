import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { ulid } from '#foundation/text/ulid'
import Order from '#models/order'
import type { VerificationError } from '#models/verification_job'
import { recordChange } from '#orders/audit_chain'
import { countEvents } from '#orders/counts'
import { moveOrder, standingOf } from '#orders/move_order'
import { createJob } from '#verification/jobs/create_job'
import { heldJob } from '#verification/jobs/release_job'
import { tellResult, type Failure, type MadePackage } from '#verification/jobs/tell_result'
import type { ClaimedJob } from '#verification/jobs/claim_job'

type EndedJob = Pick<ClaimedJob, 'id' | 'fence' | 'jobUid' | 'orderId' | 'generation'> & {
  startedAt: number | null
}

/** Jobs that try again one after another, each some time later: in milliseconds. */
const FOLLOWERS_AFTER_MS = [300_000, 1_200_000, 3_600_000]

/** It did not come to an end in time, whatever held it up. */
const LATE: readonly VerificationError[] = [
  'verification_timeout',
  'not_recorded',
  'venue_unavailable',
]

/** After these the same may succeed later. */
const PASSING: readonly VerificationError[] = [...LATE, 'storage_failed']

/**
 * Ends a job whose order is verified: the order is completed, and evidence that was missing is there.
 *
 * @returns false when the attempt is not the newest one any more; nothing is stored then
 */
export async function succeedJob(
  trx: TransactionClientContract,
  job: EndedJob,
  made: MadePackage,
  now: number
): Promise<boolean> {
  const ended = await heldJob(trx, job).update({
    state: 'succeeded',
    lease_owner: null,
    deadline: null,
    evidence_uid: made.evidenceUid,
    ended_at: now,
  })
  if (Number(ended) !== 1) {
    return false
  }
  await trx
    .from('pending_evidence')
    .where('order_id', job.orderId)
    .whereNull('completed_at')
    .update({ completed_at: now })
  const order = await Order.findOrFail(job.orderId, { client: trx })
  const to = { ...standingOf(order), status: 'completed' as const }
  const isFirst = order.status === 'filled' && (await moveOrder(trx, order, asVerified(to, now)))
  await note(
    trx,
    job,
    isFirst ? 'verified' : 'verified_again',
    { evidenceUid: made.evidenceUid },
    now
  )
  await trx.from('orders').where('id', order.id).update({ verification_status: 'verified' })
  await tellResult(trx, order, { jobUid: job.jobUid, result: 'succeeded', made }, now)
  await countEvents(
    trx,
    { received: 1, processed: 1, timed: 1, tookMs: now - (job.startedAt ?? now) },
    now
  )
  return true
}

const asVerified = (to: ReturnType<typeof standingOf>, now: number) => {
  return { actor: 'verifier' as const, to, now }
}

/**
 * Ends a job whose order is not verified. What may succeed later is noted as missing evidence: one job
 * of the lowest queue follows, at most three in a row.
 *
 * @returns false when the attempt is not the newest one any more; nothing is stored then
 */
export async function failJob(
  trx: TransactionClientContract,
  job: EndedJob,
  failure: Failure,
  now: number
): Promise<boolean> {
  const { code, detail, differences, made } = failure
  const ended = await heldJob(trx, job).update({
    state: 'failed',
    lease_owner: null,
    deadline: null,
    error_code: code,
    detail: detail ?? null,
    differences: differences ? JSON.stringify(differences) : null,
    evidence_uid: made?.evidenceUid ?? null,
    ended_at: now,
  })
  if (Number(ended) !== 1) {
    return false
  }
  const order = await Order.findOrFail(job.orderId, { client: trx })
  await trx.from('orders').where('id', order.id).update({ verification_status: 'failed' })
  await note(trx, job, 'verification_failed', { code, ...(detail && { detail }) }, now)
  const retriedBy = PASSING.includes(code) ? await owe(trx, order, job, code, now) : null
  await tellResult(
    trx,
    order,
    { jobUid: job.jobUid, result: 'failed', failure, made, retriedBy },
    now
  )
  const timedOut = Number(LATE.includes(code))
  await countEvents(trx, { received: 1, failed: 1, timedOut }, now)
  return true
}

/** @returns the job that follows; null when there were enough */
async function owe(
  trx: TransactionClientContract,
  order: Order,
  job: EndedJob,
  reason: VerificationError,
  now: number
): Promise<string | null> {
  const after = FOLLOWERS_AFTER_MS[job.generation]
  const follows = { jobUid: job.jobUid, generation: job.generation + 1 }
  const retriedBy =
    after === undefined
      ? null
      : await createJob(
          trx,
          { order, priority: 'low', by: 'clock', follows, dueAt: now + after },
          now
        )
  const owed = { evidence_uid: ulid(now), order_id: order.id, owner_id: order.ownerId, reason }
  await trx
    .insertQuery()
    .table('pending_evidence')
    .insert({ ...owed, job_uid: job.jobUid, followed_by: retriedBy, created_at: now })
  return retriedBy
}

function note(
  trx: TransactionClientContract,
  { jobUid, orderId }: EndedJob,
  action: string,
  after: Record<string, string>,
  now: number
) {
  const entry = { orderId, actor: 'verifier' as const, action, before: null }
  return recordChange(trx, { ...entry, after: { jobUid, ...after } }, now)
}
