import type { ChainLog } from '#sources/facts'
import { mayHoldLogs } from '#scanner/bloom'
import { readHeader, readLogsOfBlock, type BlockHeader } from '#scanner/chain_reader'
import type { EndpointPool } from '#scanner/endpoints/endpoint_pool'
import type { LogFilter } from '#scanner/log_filter'

export interface BlockRead {
  header: BlockHeader
  logs: ChainLog[]
}

/**
 * Reads one block near the head: its header first, then its logs by its hash. An empty list
 * against the block's own bloom filter is asked for once more before it is believed.
 *
 * @throws RpcFailure
 */
export async function readBlock(
  endpoints: EndpointPool,
  number: number,
  filter: LogFilter
): Promise<BlockRead> {
  const header = await endpoints.ask((endpoint) => readHeader(endpoint, number))
  if (!mayHoldLogs(header.logsBloom, filter)) {
    return { header, logs: [] }
  }

  const read = () => endpoints.ask((endpoint) => readLogsOfBlock(endpoint, header, filter))
  const logs = await read()
  return { header, logs: logs.length > 0 ? logs : await read() }
}
