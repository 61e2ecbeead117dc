import type { Endpoint } from '#foundation/rpc/endpoint'
import { RpcFailure, type FailureKind } from '#foundation/rpc/rpc_failure'
import { type LogFilter, readLogsOfRange } from '#collectors/evm/get_logs'

/** After so many failures in a row, a call for one block shows whether fewer blocks help. */
const FAILURES_IN_A_ROW = 2

/** What may hide that a range was too wide, in words that are not known. */
const UNCLEAR: readonly FailureKind[] = ['transient', 'rate', 'permanent', 'malformed']

/**
 * What a failed call over a range means. Providers have many words for "too many blocks", and new ones
 * come: a range that fails twice where one block alone is answered was too wide, whatever was said.
 *
 * @returns the failure, or one of the kind `range` in its place
 */
export async function asTooWide(
  endpoint: Endpoint,
  from: number,
  to: number,
  filter: LogFilter,
  failure: RpcFailure
): Promise<RpcFailure> {
  const isUnclear = UNCLEAR.includes(failure.kind) && !failure.retryAfterMs
  if (from === to || !isUnclear || endpoint.health.rangeFailed() < FAILURES_IN_A_ROW) {
    return failure
  }
  try {
    await readLogsOfRange(endpoint, to, to, filter)
  } catch (error) {
    if (error instanceof RpcFailure) return failure
    throw error
  }
  return new RpcFailure('range', failure.message, { cause: failure })
}
