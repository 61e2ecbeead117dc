import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { isDeadOwner } from '#foundation/db/lease_owner'
import type { ClaimedJob } from '#verification/jobs/claim_job'

type Client = Pick<TransactionClientContract, 'from'>

/** The job, as long as this attempt is the newest one. */
export function heldJob(client: Client, { id, fence }: Pick<ClaimedJob, 'id' | 'fence'>) {
  return client.from('verification_jobs').where({ id, fence, state: 'in_progress' })
}

interface Again {
  /** Epoch milliseconds. */
  dueAt: number
  /** A stop of this process is no attempt. */
  countsAsAttempt?: boolean
}

/** Gives a job back to its queue. */
export async function releaseJob(job: ClaimedJob, { dueAt, countsAsAttempt = true }: Again) {
  await heldJob(db.connection(), job).update({
    state: 'pending',
    lease_owner: null,
    deadline: null,
    due_at: dueAt,
    ...(!countsAsAttempt && { attempts: job.attempts }),
  })
}

/**
 * Releases the claims of a process that can be seen to have ended. What one on another machine
 * had is over when its attempt has taken too long.
 *
 * @param now epoch milliseconds
 * @returns how many jobs
 */
export async function releaseLeftBehind(now: number): Promise<number> {
  const rows: { lease_owner: string }[] = await db
    .from('verification_jobs')
    .where('state', 'in_progress')
    .whereNotNull('lease_owner')
    .distinct('lease_owner')
  const dead = rows.map((row) => row.lease_owner).filter(isDeadOwner)
  if (dead.length === 0) {
    return 0
  }
  const released = await db
    .from('verification_jobs')
    .where('state', 'in_progress')
    .whereIn('lease_owner', dead)
    .update({ state: 'pending', lease_owner: null, deadline: null, due_at: now })
  return Number(released)
}
