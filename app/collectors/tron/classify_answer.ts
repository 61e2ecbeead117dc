import { redact } from '#foundation/text/redact'
import { retryAfterMs } from '#foundation/text/retry_after'
import { RpcFailure, type FailureKind } from '#foundation/rpc/rpc_failure'
import type { NodeAnswer } from '#collectors/tron/fetch_answer'

/** An answer that holds nothing but a reason. */
interface AnswerRefusal {
  kind: FailureKind
  words: string
  refusesKey: boolean
  retryAfterMs?: number
}

/** The node's own words, first match wins: java-tron 4.7 to 4.8 and TronGrid in 2026. */
const WORDS: [RegExp, FailureKind][] = [
  [/api ?key\b.*\b(not exists?|invalid|expired|disabled)|unauthori[sz]ed/i, 'permanent'],
  [/lack of computing resources|frequency|allowed_rps|daily usage|too many|suspended/i, 'rate'],
  [/lite fullnode|closed because/i, 'pruned'],
]

const STATUSES: Record<number, FailureKind> = {
  401: 'permanent',
  403: 'rate',
  404: 'permanent',
  413: 'range',
  429: 'rate',
}

/** A node that asks for more is asked again after so many milliseconds nevertheless. */
const LONGEST_WAIT_MS = 600_000

/**
 * Why an answer is none, or null where it may be one. Nodes refuse with status 200 and `Error`, light
 * nodes with bare text, proxies with a page.
 *
 * @param now epoch milliseconds
 */
export function refusalIn(
  response: Omit<NodeAnswer, 'text'>,
  text: string,
  answer: unknown,
  now: number
): AnswerRefusal | null {
  const said = errorIn(answer)
  const isAnswer = response.ok && answer !== undefined && said === null
  if (isAnswer) {
    return null
  }
  const words = redact((said ?? text).replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')).slice(0, 300)
  const fromWords = WORDS.find(([pattern]) => pattern.test(words))?.[1]
  const kind = fromWords ?? STATUSES[response.status] ?? 'transient'
  const header = retryAfterMs(response.headers.get('retry-after'), now, LONGEST_WAIT_MS)
  return {
    kind,
    words: words || `status ${response.status}`,
    refusesKey: response.status === 401 || fromWords === 'permanent',
    retryAfterMs: header ?? suspensionMs(words),
  }
}

/** What a node says in `Error`, or TronGrid in `error`; null for an answer. */
function errorIn(answer: unknown): string | null {
  const { Error: said, error } = (answer ?? {}) as Record<string, unknown>
  const words = said ?? error
  return words === undefined ? null : String(words)
}

/** TronGrid: "suspended for 30s". */
function suspensionMs(words: string): number | undefined {
  const [, seconds] = /suspended for (\d+) ?s/.exec(words) ?? []
  return seconds ? Math.min(Number(seconds) * 1000, LONGEST_WAIT_MS) : undefined
}

/** What a request threw: its own failure, or that there was no answer. */
export function thrownFailure(error: unknown, node: string): RpcFailure {
  if (error instanceof RpcFailure) {
    return error
  }
  const { name, code, message } = error as NodeJS.ErrnoException
  if (name === 'TimeoutError') {
    return new RpcFailure('timeout', `${node} did not answer in time`)
  }
  return new RpcFailure('transient', `${node}: ${redact(String(code ?? message)).slice(0, 300)}`)
}
