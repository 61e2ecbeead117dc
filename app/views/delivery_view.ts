import type DeliveryAttempt from '#models/delivery_attempt'
import type NotificationJob from '#models/notification_job'
import { causeWords, reasonWords } from '#delivery/reason_words'

/** A delivery as the API shows it. Times are epoch milliseconds. */
export function deliveryView(job: NotificationJob) {
  return {
    id: job.id,
    endpoint_id: job.targetId,
    event_id: job.eventId,
    event_type: job.eventType,
    token_address: job.tokenAddress,
    state: job.status,
    tries: job.attempts,
    is_replayed: job.priority < 0,
    next_attempt_at: job.status === 'pending' ? job.nextAttemptAt : null,
    expires_at: job.expiresAt,
    sent_at: job.sentAt,
    last_error: job.reason && causeWords({ reason: job.reason, detail: job.detail }),
    created_at: job.createdAt,
  }
}

/** One try: what went wrong in words, and the first 4 KB of the answer. */
export function attemptView(attempt: DeliveryAttempt) {
  return {
    attempt: attempt.attempt,
    started_at: attempt.startedAt,
    duration_ms: attempt.durationMs,
    outcome: attempt.outcome,
    http_status: attempt.httpStatus,
    failure_kind: attempt.reason,
    failure: attempt.reason && reasonWords[attempt.reason],
    error: attempt.reason && causeWords({ reason: attempt.reason, detail: attempt.detail }),
    answer: attempt.responseHead,
  }
}
