import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import type { LogFilter } from '#collectors/evm/get_logs'
import { joinRange, type JoinedRange } from '#collectors/evm/join_range'
import { readRange } from '#collectors/evm/read_range'

/** Calls under way at once: enough to hide the latency, few enough for the limits of providers. */
const IN_FLIGHT = 3

/**
 * Reads a long range of blocks with several calls under way and answers the parts in order,
 * each with what joins it to the blocks around.
 *
 * @throws RpcFailure when reading may work later; every part answered before stands
 */
export async function* readRanges(
  endpoints: EndpointPool,
  from: number,
  to: number,
  filter: LogFilter,
  batchSize: number
): AsyncGenerator<JoinedRange> {
  const underWay: Promise<JoinedRange>[] = []
  let next = from

  while (next <= to || underWay.length > 0) {
    while (underWay.length < IN_FLIGHT && next <= to) {
      const end = Math.min(to, next + Math.min(batchSize, endpoints.span) - 1)
      const part = readJoined(endpoints, next, end, filter)
      // The await below throws its failure; until then it is not an unhandled one.
      part.catch(() => {})
      underWay.push(part)
      next = end + 1
    }
    yield await underWay.shift()!
  }
}

async function readJoined(endpoints: EndpointPool, from: number, to: number, filter: LogFilter) {
  return joinRange(endpoints, await readRange(endpoints, from, to, filter))
}
