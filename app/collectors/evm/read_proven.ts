import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import type { LogFilter } from '#collectors/evm/get_logs'
import { joined, type RangeRead } from '#collectors/evm/read_range'
import { proveNumber } from '#collectors/evm/prove_block'

/** Where none of so many blocks can be proven, the rest is not tried. */
const HOPELESS = 4

/**
 * Reads blocks one by one, each with a proof. Where none is found the block is a gap; what was shown
 * of it is answered all the same.
 *
 * @throws RpcFailure when reading may work later
 */
export async function readProven(
  endpoints: EndpointPool,
  from: number,
  to: number,
  filter: LogFilter
): Promise<RangeRead> {
  const whole: RangeRead = { from, to, logs: [], gaps: [] }
  for (let number = from; number <= to; number++) {
    if (number === from + HOPELESS && whole.gaps[HOPELESS - 1]) {
      whole.gaps.push({ from: number, to, reason: 'unproven', detail: null })
      break
    }
    const proven = await provenOrPruned(endpoints, number, filter)
    if (proven.reason) {
      whole.gaps.push({ from: number, to: number, reason: proven.reason, detail: proven.detail })
    }
    whole.logs.push(...proven.logs)
  }
  return { ...whole, gaps: joined(whole.gaps) }
}

async function provenOrPruned(endpoints: EndpointPool, number: number, filter: LogFilter) {
  try {
    const { logs, proof } = await proveNumber(endpoints, number, filter)
    return { logs, reason: proof ? null : ('unproven' as const), detail: null }
  } catch (error) {
    const kind = error instanceof RpcFailure ? error.kind : null
    if (!(error instanceof RpcFailure) || (kind !== 'pruned' && kind !== 'malformed')) {
      throw error
    }
    // Nothing is there but an answer that is false.
    const reason = kind === 'malformed' ? ('unproven' as const) : kind
    return { logs: [], reason, detail: error.message }
  }
}
