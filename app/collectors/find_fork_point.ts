import { OperatorError } from '#foundation/errors'
import ScanCursor from '#models/scan_cursor'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import type { ChainReader } from '#collectors/chain_reader'
import type { Position } from '#collectors/store/cursor'
import { recentBlocks } from '#collectors/store/recent_blocks'

/** No remembered block is part of the chain any more: an operator has to find out why. */
export class ReorgTooDeepError extends OperatorError {
  constructor(deepest: number) {
    super(
      `The chain no longer contains block ${deepest}, the oldest that is remembered. Nothing was ` +
        `changed. Check that the endpoints of BSC_RPC_URL follow the same chain.`
    )
  }
}

/**
 * Finds the newest block that this scanner and the chain have in common. `unfitting` is the next
 * block, whose parent is not the block at the cursor.
 *
 * @throws RpcFailure `lagging` when the endpoints contradict each other and there is no reorg
 * @throws ReorgTooDeepError when no remembered block is part of the chain any more
 */
export async function findForkPoint(
  reader: Pick<ChainReader<unknown>, 'block'>,
  chainId: number,
  cursorName: string,
  cursor: Position,
  unfitting: { parentHash: string }
): Promise<Position> {
  const atCursor = await reader.block(cursor.blockNumber)
  if (atCursor.hash === cursor.blockHash || atCursor.hash !== unfitting.parentHash) {
    throw new RpcFailure('lagging', `two backends disagree about block ${cursor.blockNumber}`)
  }

  const remembered = await recentBlocks(chainId)
  for (const { number, hash } of remembered) {
    const block = await reader.block(number)
    if (block.hash === hash) {
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
