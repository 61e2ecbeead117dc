import { UNSENT } from '#models/notification_job'
import type { JobStatus } from '#models/notification_job'

export const JOB_STATES = [
  'pending',
  'sending',
  'sent',
  'failed',
  'expired',
  'held',
  'skipped',
] as const satisfies readonly JobStatus[]

const unsent = (state: JobStatus) => `${UNSENT} and status = '${state}'`

/** Finds the jobs of a state; written as in the indexes, which only then are used. */
export const inState: Record<JobStatus, string> = {
  pending: `status = 'pending'`,
  sending: `job.id in (select id from notification_jobs where status = 'sending')`,
  sent: `status = 'sent'`,
  failed: unsent('failed'),
  expired: unsent('expired'),
  held: unsent('held'),
  skipped: unsent('skipped'),
}
