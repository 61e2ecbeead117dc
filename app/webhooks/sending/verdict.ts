import type { Verdict } from '#delivery/channel'
import { failure } from '#delivery/outcomes/failure'
import type { Failure } from '#delivery/outcomes/failure'
import { retryAfter } from '#webhooks/sending/retry_after'
import { DeadlineError } from '#webhooks/sending/exchange'
import type { WebhookAnswer } from '#webhooks/sending/exchange'
import { UnconnectedError } from '#webhooks/sending/guarded_dialer'
import { transportFailure } from '#webhooks/sending/transport_failure'

/** Too many requests, and what gateways say when nobody behind them answers. */
const OVERLOAD = [429, 502, 503, 504]

/** The status line decides; what the body says is only kept for people. */
export function judge(answer: WebhookAnswer, now: number): Verdict {
  const { status } = answer
  if (status >= 200 && status < 300) {
    return { kind: 'accepted', answer }
  }
  if (status === 410) {
    return { kind: 'gone', failure: failure('gone'), answer }
  }

  const cause =
    status >= 300 && status < 400
      ? failure('redirect', `${status} to ${answer.location ?? 'nowhere'}`)
      : failure('status', String(status))
  return {
    kind: 'failed',
    failure: cause,
    answer,
    retryAfterMs: retryAfter(answer.retryAfter, now),
    isOverload: OVERLOAD.includes(status),
  }
}

/** Nothing came back. Who is silent until the time is over is left alone for a while. */
export function unanswered(error: Error): Verdict {
  const isSilent = error instanceof DeadlineError || error instanceof UnconnectedError
  return withoutAnswer(transportFailure(error), isSilent)
}

export function withoutAnswer(cause: Failure, isOverload = false): Verdict {
  return { kind: 'failed', failure: cause, answer: null, retryAfterMs: null, isOverload }
}
