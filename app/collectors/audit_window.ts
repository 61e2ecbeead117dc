import { OperatorError } from '#foundation/operator_error'
import ScanCursor from '#models/scan_cursor'
import { type EndpointPool, readHead } from '#foundation/rpc/endpoint_pool'
import { measureBlockTime } from '#collectors/evm/block_time'

const HOUR_MS = 3_600_000

/**
 * The blocks of the last `hours` that this installation claims to have read and that are final.
 *
 * @throws OperatorError when it has read none of them
 * @throws RpcFailure
 */
export async function auditWindow(endpoints: EndpointPool, chainId: number, hours: number) {
  const cursor = await ScanCursor.find(`chain:${chainId}`)
  const head = await readHead(endpoints, 'finalized')
  const blocks = Math.ceil((hours * HOUR_MS) / (await measureBlockTime(endpoints)))

  const to = Math.min(cursor?.blockNumber ?? -1, head.number)
  const from = Math.max(cursor?.fromBlock ?? 0, head.number - blocks, 0)
  if (from > to) {
    throw new OperatorError(
      `Nothing has been read of the last ${hours} hours: run scan:chain first`
    )
  }
  return { from, to }
}
