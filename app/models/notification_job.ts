import { NotificationJobSchema } from '#database/schema'
import type { Announcement } from '#models/fact_types'

/** The states of a job; docs/architecture.md draws the moves between them. */
export type JobStatus = 'pending' | 'sending' | 'sent' | 'failed' | 'expired' | 'held' | 'skipped'

/** One fact, or its removal, on its way to one target. */
export default class NotificationJob extends NotificationJobSchema {
  declare factType: Announcement
  declare status: JobStatus
}
