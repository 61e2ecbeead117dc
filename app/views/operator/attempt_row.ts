import type DeliveryAttempt from '#models/delivery_attempt'
import { durationText } from '#foundation/text/figures'
import type { Viewer } from '#http/viewer'
import { plainText } from '#views/plain_text'
import type { TestResult } from '#webhooks/endpoints/test_endpoint'
import type { Failure } from '#models/reasons'

/** One try at a delivery, with the first bytes of the answer. */
export function attemptRow(attempt: DeliveryAttempt, { localTime }: Viewer) {
  return {
    number: attempt.attempt,
    startedAt: localTime(attempt.startedAt),
    isAccepted: attempt.outcome === 'accepted',
    status: attempt.httpStatus,
    duration: durationText(attempt.durationMs),
    failure: failureView(attempt),
    answer: plainText(attempt.responseHead),
  }
}

/** What a receiver made of a test event, in the shape of an attempt. */
export function testResultView(result: TestResult) {
  return {
    eventId: result.event_id,
    isAccepted: result.accepted,
    status: result.http_status,
    duration: durationText(result.duration_ms),
    failure: result.cause && failureView(result.cause),
    answer: plainText(result.answer),
  }
}

/** Why a try failed: the kind, for which every language has words, and what came with it. */
function failureView({ reason, detail }: { reason: Failure | null; detail: string | null }) {
  return reason && { kind: reason, detail: detail === null ? '' : `(${detail})` }
}
