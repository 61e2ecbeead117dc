import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import type { LogFilter } from '#collectors/evm/log_filter'
import { readRange, type RangeRead } from '#collectors/evm/read_range'

/** Calls under way at once: enough to hide the network, few enough not to annoy a provider. */
const IN_FLIGHT = 3

/**
 * Reads a long range of blocks with several calls under way and answers the parts in order.
 *
 * @throws RpcFailure when reading may work later; every part answered before stands
 */
export async function* readRanges(
  endpoints: EndpointPool,
  from: number,
  to: number,
  filter: LogFilter,
  batchSize: number
): AsyncGenerator<RangeRead> {
  const underWay: Promise<RangeRead>[] = []
  let next = from

  while (next <= to || underWay.length > 0) {
    while (underWay.length < IN_FLIGHT && next <= to) {
      const end = Math.min(to, next + Math.min(batchSize, endpoints.span) - 1)
      const part = readRange(endpoints, next, end, filter)
      // Whoever awaits it hears of a failure; until then it is not an unhandled one.
      part.catch(() => {})
      underWay.push(part)
      next = end + 1
    }
    yield await underWay.shift()!
  }
}
