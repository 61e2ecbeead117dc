import { NotificationJobSchema } from '#database/schema'
import type { FactType } from '#models/fact_types'

/** The states of a job; docs/architecture.md draws the moves between them. */
export type JobStatus = 'pending' | 'sending' | 'sent' | 'failed' | 'expired' | 'held' | 'skipped'

/** One fact on its way to one target. */
export default class NotificationJob extends NotificationJobSchema {
  declare factType: FactType
  declare status: JobStatus
}
