import type DeliveryAttempt from '#models/delivery_attempt'
import { durationText } from '#foundation/text/figures'
import { failureView } from '#views/operator/failure_view'
import type { Reader } from '#views/operator/reader'
import { plainText } from '#views/plain_text'

/** One try at a delivery, with the first bytes of the answer. */
export function attemptRow(attempt: DeliveryAttempt, { localTime }: Reader) {
  return {
    number: attempt.attempt,
    startedAt: localTime(attempt.startedAt),
    isAccepted: attempt.outcome === 'accepted',
    status: attempt.httpStatus,
    duration: durationText(attempt.durationMs),
    failure: failureView(attempt.errorKind, attempt.error),
    answer: plainText(attempt.responseHead),
  }
}
