import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import VerificationJob from '#models/verification_job'
import { failJob } from '#verification/jobs/end_job'

/** Jobs that are looked at in one turn. */
const AT_ONCE = 100

/**
 * Ends the attempts that took longer than they may: their evidence is noted as missing, and a job of the
 * lowest queue tries again.
 *
 * @returns how many
 */
export async function failOverdue(clock: Clock): Promise<number> {
  const now = clock.now()
  const jobs = await VerificationJob.query()
    .where('state', 'in_progress')
    .where('deadline', '<=', now)
    .orderBy('deadline')
    .limit(AT_ONCE)
  let failed = 0
  for (const job of jobs) {
    const isFailed = await writeTransaction((trx) =>
      failJob(trx, job, { code: 'verification_timeout' }, now)
    )
    failed += Number(isFailed)
  }
  return failed
}
