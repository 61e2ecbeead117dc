import type { TestResult } from '#webhooks/endpoints/test_endpoint'
import { durationText } from '#foundation/text/figures'
import { failureView } from '#views/operator/failure_view'
import { plainText } from '#views/plain_text'

/** What a receiver made of a test event, in the shape of an attempt. */
export function testResultView(result: TestResult) {
  return {
    eventId: result.event_id,
    isAccepted: result.accepted,
    status: result.http_status,
    duration: durationText(result.duration_ms),
    failure: failureView(result.error_kind, result.error),
    answer: plainText(result.answer),
  }
}
