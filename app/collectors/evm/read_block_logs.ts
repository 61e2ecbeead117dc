import type { ChainLog } from '#sources/facts'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import { bloomVerdict } from '#collectors/evm/bloom'
import { type BlockHeader } from '#foundation/rpc/block_header'
import { readLogsOfBlock } from '#collectors/evm/get_logs'
import type { ReadingPlan } from '#collectors/evm/reading_plan'

/**
 * Reads the logs of one block near the head, by its hash. An empty list is checked against the
 * block's own bloom filter: where that says little it is asked for once more, and where that is
 * certain of logs it is not believed.
 *
 * @throws RpcFailure
 */
export async function readBlockLogs(
  endpoints: EndpointPool,
  header: BlockHeader,
  { filter, contracts }: Pick<ReadingPlan, 'filter' | 'contracts'>
): Promise<ChainLog[]> {
  const verdict = bloomVerdict(header.logsBloom, filter, contracts)
  if (verdict === 'none') {
    return []
  }

  const read = () => endpoints.ask((endpoint) => readLogsOfBlock(endpoint, header, filter))
  let logs = await read()
  if (logs.length === 0) {
    logs = await read()
  }
  if (logs.length === 0 && verdict === 'surely') {
    throw new RpcFailure('lagging', `block ${header.number} came without the logs that it holds`)
  }
  return logs
}
