import type { ChainLog } from '#sources/facts'
import { readHeader, readLogsOfRange, type TimelessLog } from '#scanner/chain_reader'
import type { EndpointPool } from '#scanner/endpoints/endpoint_pool'
import { RpcFailure } from '#scanner/endpoints/rpc_failure'
import type { LogFilter } from '#scanner/log_filter'

export interface RangeRead {
  /** The last block that was read; the endpoint may allow less than was asked for. */
  to: number
  logs: ChainLog[]
}

/**
 * Reads a range of blocks far behind the head, in as wide a step as the endpoint allows. Headers
 * are fetched only for logs that came without their block's time.
 *
 * @throws RpcFailure
 */
export async function readRange(
  endpoints: EndpointPool,
  from: number,
  to: number,
  filter: LogFilter
): Promise<RangeRead> {
  try {
    const logs = await endpoints.ask((endpoint) => readLogsOfRange(endpoint, from, to, filter))
    return { to, logs: await withTimes(endpoints, logs) }
  } catch (error) {
    if (!(error instanceof RpcFailure) || error.kind !== 'range' || from === to) {
      throw error
    }
    const span = Math.min(error.suggestedSpan ?? Infinity, Math.ceil((to - from + 1) / 2))
    return readRange(endpoints, from, from + span - 1, filter)
  }
}

async function withTimes(endpoints: EndpointPool, logs: TimelessLog[]): Promise<ChainLog[]> {
  const times = new Map<number, number>()

  for (const { blockNumber, blockTime } of logs) {
    if (blockTime === undefined && !times.has(blockNumber)) {
      const header = await endpoints.ask((endpoint) => readHeader(endpoint, blockNumber))
      times.set(blockNumber, header.time)
    }
  }
  return logs.map((log) => ({ ...log, blockTime: log.blockTime ?? times.get(log.blockNumber)! }))
}
