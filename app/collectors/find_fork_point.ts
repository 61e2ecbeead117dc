import { OperatorError } from '#foundation/operator_error'
import ScanCursor from '#models/scan_cursor'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import { readHeader, type BlockHeader } from '#foundation/rpc/block_header'
import type { Position } from '#collectors/store/cursor'
import { recentBlocks } from '#collectors/store/recent_blocks'

/** The chain has left every block that is remembered: it cannot be followed without a person. */
export class ReorgTooDeepError extends OperatorError {
  constructor(deepest: number) {
    super(
      `The chain no longer contains block ${deepest}, the oldest that is remembered. Nothing was ` +
        `changed. Check that the endpoints of BSC_RPC_URL follow the same chain.`
    )
  }
}

/**
 * Finds the newest block that this scanner and the chain have in common, after the block `unfitting` turned
 * out not to follow the cursor.
 *
 * @throws RpcFailure `lagging` when the endpoints contradict each other instead: no reorg
 * @throws ReorgTooDeepError when no remembered block is part of the chain any more
 */
export async function findForkPoint(
  endpoints: EndpointPool,
  chainId: number,
  cursorName: string,
  cursor: Position,
  unfitting: BlockHeader
): Promise<Position> {
  const headerAt = (number: number) => endpoints.ask((endpoint) => readHeader(endpoint, number))

  const atCursor = await headerAt(cursor.blockNumber)
  if (atCursor.hash === cursor.blockHash || atCursor.hash !== unfitting.parentHash) {
    throw new RpcFailure('lagging', `two backends disagree about block ${cursor.blockNumber}`)
  }

  const remembered = await recentBlocks(chainId)
  for (const { number, hash } of remembered) {
    const header = await headerAt(number)
    if (header.hash === hash) {
      return { blockNumber: number, blockHash: hash }
    }
  }

  const { fromBlock } = await ScanCursor.findOrFail(cursorName)
  const oldest = remembered.at(-1)?.number ?? cursor.blockNumber
  if (oldest !== fromBlock) {
    throw new ReorgTooDeepError(oldest)
  }
  return { blockNumber: fromBlock - 1, blockHash: null }
}
