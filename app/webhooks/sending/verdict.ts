import type { Verdict } from '#delivery/channel'
import { retryAfterMs } from '#foundation/text/retry_after'
import { LONGEST_WAIT_MS } from '#delivery/lanes/retry_policy'
import { because } from '#models/reasons'
import type { Cause, Failure } from '#models/reasons'
import { DeadlineError } from '#webhooks/sending/response_handler'
import type { WebhookAnswer } from '#webhooks/sending/response_handler'
import { UnconnectedError } from '#foundation/net/guarded_dialer'

/** Too many requests, and what gateways say when no server behind them answers. */
const OVERLOAD = [429, 502, 503, 504]

/** The status line decides; what the body says is only kept for people. */
export function judge(answer: WebhookAnswer, now: number): Verdict {
  const { status } = answer
  if (status >= 200 && status < 300) {
    return { kind: 'accepted', answer }
  }
  if (status === 410) {
    return { kind: 'gone', cause: because('gone'), answer }
  }

  const cause: Cause<Failure> =
    status >= 300 && status < 400
      ? because('redirect', `${status} to ${answer.location ?? 'nowhere'}`)
      : because('status', String(status))
  return {
    kind: 'failed',
    cause,
    answer,
    retryAfterMs: retryAfterMs(answer.retryAfter, now, LONGEST_WAIT_MS),
    isOverload: OVERLOAD.includes(status),
  }
}

/** Nothing came back. Who is silent until the time is over is left alone for a while. */
export function unanswered(error: Error): Verdict {
  const isSilent = error instanceof DeadlineError || error instanceof UnconnectedError
  return withoutAnswer(transportFailure(error), isSilent)
}

export function withoutAnswer(cause: Cause<Failure>, isOverload = false): Verdict {
  return { kind: 'failed', cause, answer: null, retryAfterMs: null, isOverload }
}

/** The codes by which Node.js, OpenSSL and undici tell what went wrong on the way. */
const KINDS: [RegExp, Failure][] = [
  [/^E_ADDRESS_BLOCKED$/, 'blocked'],
  [/^(ENOTFOUND|EAI_\w+|ENODATA|E_UNRESOLVED)$/, 'dns'],
  [/^E_DEADLINE$/, 'timeout'],
  [/^UND_ERR_HEADERS_OVERFLOW$/, 'too_large'],
  [/^(UND_ERR_SOCKET|ECONNRESET|EPIPE)$/, 'reset'],
  [/^(ECONN\w+|E(HOST|NET)\w+|EADDRNOTAVAIL|ETIMEDOUT|E_UNCONNECTED)$/, 'connect'],
  [/^(ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_|EPROTO)/, 'tls'],
  [/^(HPE_|HTTPParserError|UND_ERR_RESPONSE|UND_ERR_RES_|UND_ERR_REQ_CONTENT)/, 'protocol'],
]

/** Names a transport error. */
export function transportFailure(error: Error): Cause<Failure> {
  const cause = innermost(error)
  const code = (cause as NodeJS.ErrnoException).code ?? cause.name
  const kind = KINDS.find(([pattern]) => pattern.test(code))?.[1] ?? 'internal'

  return because(kind, cause.message.trim() || code)
}

function innermost(error: Error): Error {
  return error.cause instanceof Error ? innermost(error.cause) : error
}
