import type DeliveryAttempt from '#models/delivery_attempt'
import { durationText } from '#foundation/text/figures'
import type { Viewer } from '#http/viewer'
import { plainText } from '#views/plain_text'
import type { TestResult } from '#webhooks/endpoints/test_endpoint'
import type { Failure } from '#models/reasons'

/**
 * Tries at a delivery, the newest first, each with the first bytes of the answer. Tries in a row that
 * ended alike are one entry: ten equal answers say no more than one.
 */
export function attemptRows(attempts: readonly DeliveryAttempt[], viewer: Viewer) {
  const rows: AttemptRow[] = []
  for (const [index, attempt] of attempts.entries()) {
    const previous = attempts[index - 1]
    const attemptTime = timeOf(attempt, previous?.startedAt ?? null, viewer)
    const last = rows.at(-1)
    if (previous && last && endedAlike(previous, attempt)) {
      last.times.unshift(attemptTime)
    } else {
      rows.push({ ...outcomeOf(attempt), times: [attemptTime] })
    }
  }
  return rows.reverse()
}

type AttemptRow = ReturnType<typeof outcomeOf> & { times: ReturnType<typeof timeOf>[] }

function timeOf(attempt: DeliveryAttempt, previousAt: number | null, { localTime }: Viewer) {
  return {
    number: attempt.attempt,
    startedAt: localTime(attempt.startedAt),
    /** Since the try before it began. */
    gap: previousAt === null ? null : durationText(attempt.startedAt - previousAt),
    duration: durationText(attempt.durationMs),
  }
}

function outcomeOf(attempt: DeliveryAttempt) {
  return {
    isAccepted: attempt.outcome === 'accepted',
    status: attempt.httpStatus,
    failure: failureView(attempt),
    answer: plainText(attempt.responseHead),
  }
}

function endedAlike(one: DeliveryAttempt, other: DeliveryAttempt): boolean {
  return (['outcome', 'httpStatus', 'reason', 'detail', 'responseHead'] as const).every(
    (field) => one[field] === other[field]
  )
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
