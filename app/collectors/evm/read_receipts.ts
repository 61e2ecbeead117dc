import { readHeader, type BlockHeader } from '#foundation/rpc/block_header'
import type { Endpoint } from '#foundation/rpc/endpoint'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import type { ChainLog } from '#sources/facts'
import { bloomVerdict } from '#collectors/evm/bloom'
import { logsOf, type LogFilter } from '#collectors/evm/get_logs'
import { parseLogs, type TimelessLog } from '#collectors/evm/parse_logs'

/**
 * Reads the logs of a block from its receipts, which nodes keep apart from what `eth_getLogs` looks
 * into. The answer holds all logs of the block, so it is large: some 500 kB on BSC.
 *
 * @throws RpcFailure `permanent` where the endpoint does not serve receipts
 */
export async function readLogsOfReceipts(
  endpoint: Endpoint,
  header: BlockHeader,
  { address, topics }: LogFilter
): Promise<ChainLog[]> {
  const receipts = await endpoint.call('eth_getBlockReceipts', [header.hash])
  if (!Array.isArray(receipts)) {
    throw new RpcFailure('lagging', `${endpoint.name} answered no receipts of ${header.number}`)
  }
  const raw = receipts.flatMap((receipt) => (receipt as { logs?: unknown[] } | null)?.logs ?? [])
  const logs = parseLogs(endpoint, raw)
  const isAskedFor = (log: TimelessLog) =>
    address.includes(log.address) && topics[0].includes(log.topics[0]!)
  return logsOf(endpoint, header, logs.filter(isAskedFor))
}

/** Blocks whose receipts are read for one answer: some 8 MB on BSC. */
const BLOCKS_AT_ONCE = 16

/**
 * Reads the logs of a range of blocks, both ends included, from the receipts of each block: much slower
 * than `eth_getLogs`, for an endpoint whose answer to that cannot be used.
 *
 * @throws RpcFailure `range` when these are too many blocks at once
 */
export async function readReceiptsOfRange(
  endpoint: Endpoint,
  from: number,
  to: number,
  filter: LogFilter
): Promise<ChainLog[]> {
  if (to - from + 1 > BLOCKS_AT_ONCE) {
    endpoint.health.spanWasTooWide(2 * BLOCKS_AT_ONCE)
    throw new RpcFailure('range', `receipts are read of ${BLOCKS_AT_ONCE} blocks at once`)
  }
  const logs: ChainLog[] = []
  for (let number = from; number <= to; number++) {
    const header = await readHeader(endpoint, number)
    if (bloomVerdict(header.logsBloom, filter, filter) !== 'none') {
      logs.push(...(await readLogsOfReceipts(endpoint, header, filter)))
    }
  }
  return logs
}
