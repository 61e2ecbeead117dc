import type { AnyEndpoint } from '#foundation/rpc/endpoint_health'
import type { EndpointMarks, MarkReason } from '#foundation/rpc/endpoint_marks'
import { RpcFailure, type FailureKind } from '#foundation/rpc/rpc_failure'

/** Failures that no honest endpoint of this chain has. */
const CAUGHT: Partial<Record<FailureKind, MarkReason>> = {
  implausible: 'absurd_head',
  malformed: 'malformed',
  misnumbered: 'misnumbers_logs',
  foreign: 'foreign_chain',
}

/** Refusals of what was asked: after any other failure another node may answer, of another chain. */
const REFUSALS: FailureKind[] = ['rate', 'range', 'no_logs', 'permanent']

/**
 * Keeps what a failure says of its endpoint: when to ask it again, its mark, and whether it
 * has to name its chain first.
 *
 * @param now epoch milliseconds
 */
export function noteFailure(
  marks: EndpointMarks,
  endpoint: AnyEndpoint,
  failure: RpcFailure,
  now: number
) {
  endpoint.health.failed(failure, now)
  const reason = failure.refusesKey ? 'key_refused' : CAUGHT[failure.kind]
  if (reason) {
    marks.add(endpoint, reason, withoutName(failure.message, endpoint))
  }
  if (!REFUSALS.includes(failure.kind)) {
    endpoint.isRightChain = false
  }
}

function withoutName(message: string, { name }: AnyEndpoint): string {
  return message.startsWith(name) ? message.slice(name.length).replace(/^:?\s+/, '') : message
}

/**
 * Lets an endpoint rest that has asked for it.
 *
 * @param now epoch milliseconds
 * @throws RpcFailure `rate` until it may be asked again
 */
export function leaveAlone({ health, name }: AnyEndpoint, now: number) {
  const retryAfterMs = health.waitsUntil - now
  if (retryAfterMs > 0) {
    const seconds = Math.ceil(retryAfterMs / 1000)
    throw new RpcFailure('rate', `${name} asks to wait for ${seconds} s`, { retryAfterMs })
  }
}
