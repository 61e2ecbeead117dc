import type NotificationJob from '#models/notification_job'
import type { JobStatus } from '#models/notification_job'
import { optionalAddressView } from '#views/address_view'
import { durationText } from '#foundation/text/figures'
import type { Viewer } from '#http/viewer'
import { reasonText } from '#views/reason_text'
import { timeView } from '#views/time_view'

/** States that no try explains: the delivery itself says why it is in them. */
const UNTRIED: readonly JobStatus[] = ['expired', 'held', 'skipped']

/** A delivery as a line of the table, and as the head of its own page. */
export function deliveryRow(job: NotificationJob, viewer: Viewer) {
  const { locale, localTime, now } = viewer
  const reason = reasonText(job, viewer)
  return {
    id: job.id,
    eventId: job.eventId,
    eventType: job.eventType,
    token: optionalAddressView(job.tokenAddress),
    state: job.status,
    tries: job.attempts,
    isReplayed: job.priority < 0,
    isSent: job.status === 'sent',
    isOnItsWay: job.status === 'pending' || job.status === 'sending',
    error: job.status === 'sent' ? null : reason,
    reason: UNTRIED.includes(job.status) ? reason : null,
    planned: timeView(job.createdAt, locale, now),
    plannedAt: localTime(job.createdAt),
    nextTry: job.status === 'pending' && job.attempts > 0 ? localTime(job.nextAttemptAt) : null,
    expiresAt: job.expiresAt === null ? null : localTime(job.expiresAt),
    latency: job.sentAt === null ? null : durationText(job.sentAt - job.createdAt),
  }
}
