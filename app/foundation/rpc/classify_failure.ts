import { BaseError, HttpRequestError, RpcRequestError } from 'viem'
import { systemClock } from '#foundation/clock'
import { redact } from '#foundation/text/redact'
import { retryAfterMs } from '#foundation/text/retry_after'
import { RpcFailure, type FailureKind } from '#foundation/rpc/rpc_failure'

/**
 * Providers' own words, first match wins. Collected from BSC nodes and public providers in 2026.
 */
const WORDS: [RegExp, FailureKind][] = [
  // Geth, Reth, Erigon, Nethermind and Besu, and what providers keep for other plans.
  [
    /pruned|pruning|trie ?node|histor(y|ic|ical) (state|data)|state histor|(world )?state[^.]* ((is|are) )?(not|un)[- ]?(available|found)|no state (is )?available/i,
    'pruned',
  ],
  [/^(?!.*(too many|rate limit)).*\barchiv(e|al)\b/i, 'pruned'],
  [/header not found|unknown block|block not found|invalid block range params/i, 'lagging'],
  [
    /exceed max (topics|addresses)|method not found|method .* not (available|supported)/i,
    'permanent',
  ],
  [
    /\brate\b|too many requests|request limit|requests? per|capacity|throughput|quota|credits/i,
    'rate',
  ],
  [
    /\b(rps|cups|qps)\b|compute units|throttl|(daily|monthly|plan|usage)\b.*\b(limit|used)/i,
    'rate',
  ],
  // The last are viem's own, which reads 10 MB of an answer and no more.
  [
    /block range|ranges? over|more than \d+ results|too (large|wide|many (blocks|results|logs))/i,
    'range',
  ],
  [/timed? ?out|batch size|size limit|size exceeded|^limit exceeded$/i, 'range'],
]

/** Only where the words say nothing: -32005 may mean too many requests or too many results. */
const CODES: Record<number, FailureKind> = {
  4444: 'pruned',
  [-32005]: 'rate',
  [-32601]: 'permanent',
  [-32602]: 'permanent',
}

const STATUSES: Record<number, FailureKind> = {
  401: 'permanent',
  403: 'rate',
  404: 'permanent',
  413: 'range',
  429: 'rate',
}

/** How providers refuse the key of a URL, whatever the status; an answer of 401 says nothing else. */
const KEY_REFUSED =
  /\b(invalid|incorrect|unknown|missing|expired|disabled|revoked|inactive|deactivated|no) (api|access|project|app)[- ]?(key|token|id)\b|(api|access) ?key .*(invalid|not (valid|found|allowed)|expired|disabled|inactive|suspended)|must be authenticated|unauthori[sz]ed|invalid (token|project id)/i

/** An endpoint that asks for more is asked again after so many milliseconds nevertheless. */
const LONGEST_WAIT_MS = 600_000

/**
 * Turns whatever a call threw into a failure that says whether, where and how to try again. viem's
 * own error ends here: its text holds the URL, and with it the key, and a log would show it.
 *
 * @param endpoint the host, fit for logs
 */
export function classifyFailure(error: unknown, endpoint: string): RpcFailure {
  if (error instanceof RpcFailure) {
    return error
  }
  if (!(error instanceof BaseError)) {
    const thrown = errorIn(error)
    const words = oneLine(withoutUrls(`${String(thrown)}${causeOf(thrown)}`, endpoint))
    return new RpcFailure('transient', `${endpoint}: ${words}`)
  }

  const http = find(error, HttpRequestError)
  const rpc = find(error, RpcRequestError)
  const message = rpc?.details ?? http?.details ?? error.shortMessage

  const kind = kindOf(message, rpc?.code, http?.status, error)
  const words = oneLine(withoutUrls(`${message}${rpc ? '' : causeOf(error)}`, endpoint))

  return new RpcFailure(kind, `${endpoint}: ${words}`, {
    suggestedSpan: suggestedSpan(message),
    isAnswer: rpc !== undefined,
    refusesKey: http?.status === 401 || KEY_REFUSED.test(message),
    retryAfterMs: waitOf(http?.headers),
  })
}

function kindOf(
  message: string,
  code: number | undefined,
  status: number | undefined,
  error: BaseError
): FailureKind {
  const fromWords = WORDS.find(([words]) => words.test(message))?.[1]
  const fromStatus = status === undefined ? undefined : STATUSES[status]
  const fromCode = code === undefined ? undefined : CODES[code]

  if (isTimeout(error)) {
    return 'timeout'
  }
  // A plan without history is often refused with the status of a caller that is not allowed in.
  return (fromWords === 'pruned' ? fromWords : fromStatus) ?? fromWords ?? fromCode ?? 'transient'
}

/** A WebSocket that does not open throws an event that does not say why. */
function errorIn(thrown: unknown): unknown {
  return thrown instanceof Event ? 'the WebSocket could not be opened' : thrown
}

/** "fetch failed" alone hides a wrong name, a certificate that is not trusted, or a closed port. */
function causeOf(error: unknown): string {
  const causes: NodeJS.ErrnoException[] = []
  for (let each = error; each instanceof Error && causes.length < 10; each = each.cause) {
    causes.push(each)
  }
  const cause = causes.findLast(({ code }) => code) ?? causes.slice(1).at(-1)
  return cause ? ` (${[cause.code, cause.message].filter(Boolean).join(': ')})` : ''
}

/** How long the endpoint asks to be left alone, in milliseconds. */
function waitOf(headers: Headers | undefined): number | undefined {
  return retryAfterMs(headers?.get('retry-after'), systemClock.now(), LONGEST_WAIT_MS) ?? undefined
}

/** Reads "… up to a 2K block range", "maximum block range: 5000", "ranges over 10000 blocks". */
function suggestedSpan(message: string): number | undefined {
  const match =
    /(\d[\d,]*)\s*(k)?\s*block range/i.exec(message) ??
    /block range:?\s*(\d[\d,]*)(k)?/i.exec(message) ??
    /ranges? over (\d[\d,]*)(k)? blocks/i.exec(message)
  if (!match) {
    return undefined
  }

  const blocks = Number(match[1]!.replaceAll(',', '')) * (match[2] ? 1000 : 1)
  return blocks > 0 ? blocks : undefined
}

/** viem and `AbortSignal.timeout` throw errors of one name. */
function isTimeout(error: BaseError): boolean {
  return error.walk((cause) => (cause as Error).name === 'TimeoutError') !== null
}

function find<T extends Error>(error: BaseError, type: new (...args: never[]) => T): T | undefined {
  const found = error.walk((cause) => cause instanceof type)
  return found instanceof type ? found : undefined
}

/** Names the endpoint where its URL stood, and hides its key wherever it stands. */
function withoutUrls(message: string, endpoint: string): string {
  const isItsUrl = (word: string) => word.includes('://') && word.includes(endpoint)
  const named = message.split(/(\s+)/).map((word) => (isItsUrl(word) ? endpoint : word))
  return redact(named.join(''))
}

function oneLine(message: string): string {
  return message.replace(/\s+/g, ' ').slice(0, 300)
}
