import type { Target } from '#delivery/channel'
import type { DueJob } from '#delivery/queue/job'
import type { Outcome } from '#delivery/outcomes/outcome'
import { storable } from '#delivery/outcomes/stored_text'

const LONGEST_REASON = 500

/**
 * How a job ends that is not sent at all: it is too old, or the target can make no message of it.
 * Null when it is to be sent. `now` is in epoch milliseconds.
 */
export function unsentOutcome(target: Target, job: DueJob, now: number): Outcome | null {
  const ended = { job, nextAttemptAt: null, finishedAt: now, attempt: null }
  if (job.expiresAt !== null && job.expiresAt <= now) {
    return { ...ended, status: 'expired', error: null }
  }
  const reason = target.unfit(job, now)
  return reason ? { ...ended, status: 'skipped', error: storable(reason, LONGEST_REASON) } : null
}
