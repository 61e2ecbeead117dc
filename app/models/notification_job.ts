import { NotificationJobSchema } from '#database/schema'
import type { Announcement } from '#facts/registry'
import type { JobReason } from '#models/reasons'

/** The states of a job; docs/architecture.md draws the moves between them. */
export type JobStatus = 'pending' | 'sending' | 'sent' | 'failed' | 'expired' | 'held' | 'skipped'

/**
 * Finds jobs that ended without arriving; written as in their indexes, which only then are used. As
 * comparisons, because every update of any job evaluates it, and a list takes ten times as long.
 */
export const UNSENT = `status <> 'sent' and status <> 'sending' and status <> 'pending'`

/** One fact, or its removal, on its way to one target. */
export default class NotificationJob extends NotificationJobSchema {
  declare factType: Announcement
  declare status: JobStatus
  declare reason: JobReason | null
}
