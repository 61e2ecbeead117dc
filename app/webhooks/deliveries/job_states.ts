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
