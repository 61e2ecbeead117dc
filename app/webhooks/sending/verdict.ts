import type { Verdict } from '#delivery/channel'
import { retryAfterMs } from '#foundation/text/retry_after'
import { LONGEST_WAIT_MS } from '#delivery/lanes/retry_policy'
import { because } from '#models/reasons'
import type { Cause, Failure } from '#models/reasons'
import { DeadlineError } from '#webhooks/sending/response_handler'
import type { WebhookAnswer } from '#webhooks/sending/response_handler'
import { LookupError } from '#foundation/net/host_names'
import { UnconnectedError } from '#foundation/net/guarded_dialer'

/** Too many requests, and what gateways say when no server behind them answers. */
const OVERLOAD = [429, 502, 503, 504]

/** What receivers say to a body that they cannot use: 400, 413 and 422 of RFC 9110. */
const ABOUT_CONTENT = [400, 413, 422]

/** The status line decides; what the body says is only kept for people. */
export function judge(answer: WebhookAnswer, now: number): Verdict {
  const { status } = answer
  if (status >= 200 && status < 300) {
    return { kind: 'accepted', answer }
  }
  if (status === 410) {
    return { kind: 'gone', cause: because('gone'), answer }
  }

  // 304 and others of its hundred lead nowhere.
  const isRedirect = status >= 300 && status < 400 && answer.location !== undefined
  const cause: Cause<Failure> = isRedirect
    ? because('redirect', `${status} to ${answer.location}`)
    : because('status', String(status))
  return {
    kind: 'failed',
    cause,
    answer,
    retryAfterMs: retryAfterMs(answer.retryAfter, now, LONGEST_WAIT_MS),
    isOverload: OVERLOAD.includes(status),
    isAboutContent: ABOUT_CONTENT.includes(status),
  }
}

/**
 * Nothing came back. Who is silent until the time is over is left alone for a while. What this
 * machine lacks is not the receiver's fault.
 */
export function unanswered(error: Error): Verdict {
  const lack = LACKS[codeOf(innermost(error))]
  if (lack) {
    return { kind: 'hindered', lack }
  }
  const isSilent =
    error instanceof DeadlineError ||
    error instanceof UnconnectedError ||
    (error instanceof LookupError && error.isSilence)
  return withoutAnswer(transportFailure(error), isSilent)
}

const TOO_MANY_FILES =
  'no more files and sockets may be opened: raise the limit (ulimit -n, LimitNOFILE=)'
const NO_MEMORY = 'the system has no memory for another connection'

/** What this machine may lack, by the code that says so. */
const LACKS: Record<string, string> = {
  EMFILE: TOO_MANY_FILES,
  ENFILE: TOO_MANY_FILES,
  ENOMEM: NO_MEMORY,
  ENOBUFS: NO_MEMORY,
  EADDRNOTAVAIL: 'no local port is left for another connection (net.ipv4.ip_local_port_range)',
}

export function withoutAnswer(cause: Cause<Failure>, isOverload = false): Verdict {
  return { kind: 'failed', cause, answer: null, retryAfterMs: null, isOverload }
}

/** The codes by which Node.js, OpenSSL and undici tell what went wrong on the way. */
const KINDS: [RegExp, Failure][] = [
  [/^E_ADDRESS_BLOCKED$/, 'blocked'],
  [/^E_LOOKUP$/, 'dns'],
  [/^E_DEADLINE$/, 'timeout'],
  [/^UND_ERR_HEADERS_OVERFLOW$/, 'too_large'],
  [/^(UND_ERR_SOCKET|ECONNRESET|EPIPE)$/, 'reset'],
  [/^(ECONN\w+|E(HOST|NET)\w+|ETIMEDOUT|E_UNCONNECTED)$/, 'connect'],
  [/^(E_HANDSHAKE$|ERR_TLS_|ERR_SSL_|EPROTO)/, 'tls'],
  [
    /^(HPE_|HTTPParserError|UND_ERR_RESPONSE|UND_ERR_RES_|UND_ERR_REQ_CONTENT|ERR_ASSERTION)/,
    'protocol',
  ],
]

/** Names a transport error. */
export function transportFailure(error: Error): Cause<Failure> {
  const cause = innermost(error)
  const code = codeOf(cause)
  if (UNASKED.test(cause.message)) {
    return because('protocol', 'an answer came that does not belong to this request')
  }
  const kind =
    KINDS.find(([pattern]) => pattern.test(codeOf(error))) ??
    KINDS.find(([pattern]) => pattern.test(code))
  return because(kind?.[1] ?? 'internal', plainText(cause.message) || code)
}

/** What undici says to a switch of protocols, and to an answer where none is awaited. */
const UNASKED = /^bad (response|upgrade)$/

/**
 * What went wrong without what is of no use to a receiver: where in OpenSSL it was noticed, and
 * advice about settings of Node.js.
 */
function plainText(message: string): string {
  const openSsl = /^[0-9A-F]+:error:[0-9A-F]+:[^:]*:[^:]*:([^:]+):/.exec(message)?.[1]
  return (openSsl ?? message).replace(/;? if the root CA is installed locally.*/is, '').trim()
}

function innermost(error: Error): Error {
  return error.cause instanceof Error ? innermost(error.cause) : error
}

function codeOf(error: Error): string {
  return (error as NodeJS.ErrnoException).code ?? error.name
}
