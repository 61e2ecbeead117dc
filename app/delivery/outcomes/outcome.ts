import type { JobReason } from '#models/reasons'
import type { ClaimedJob } from '#delivery/queue/job'

/** How a try at a job ended, as it will be stored. Times are epoch milliseconds. */
export interface Outcome {
  job: ClaimedJob
  status: 'sent' | 'pending' | 'held' | 'failed' | 'expired' | 'skipped'
  /** For `pending` and `held`: when the next try is due; null: that is not known. */
  nextAttemptAt: number | null
  finishedAt: number
  /** Others of its token had to wait for it, and may go now. */
  freesOthers: boolean
  /** Why it is not sent; null when it was, or is too old. */
  reason: JobReason | null
  detail: string | null
  /** Null when that was no try at the job, as for one that is expired, skipped or held. */
  attempt: Attempt | null
}

/** One try, as the attempt log keeps it. */
export interface Attempt {
  startedAt: number
  durationMs: number
  httpStatus: number | null
  responseHead: string | null
}
