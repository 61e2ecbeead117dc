import ScanCursor from '#models/scan_cursor'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import type { ChainReader } from '#collectors/chain_reader'
import type { Position } from '#collectors/store/cursor'
import { knownBlocks, type KnownBlock } from '#collectors/store/known_blocks'

/**
 * The deepest reorg that is undone without asking the operator, in blocks: 7.5 minutes of BSC. What
 * goes deeper is more likely an endpoint of another fork than a reorg.
 */
export const DEEPEST_REORG_BLOCKS = 1_000

/**
 * Finds the newest block that this scanner and the chain have in common, where the next block's parent
 * is not the block at the cursor. Hashes are known of the last blocks, and before them of the blocks
 * that hold facts, which are those that matter.
 *
 * @throws RpcFailure `lagging` when the block at the cursor stands: then one endpoint was wrong
 * @throws RpcFailure `implausible` when the reorg is too deep: nothing is taken back
 */
export async function findForkPoint(
  reader: Pick<ChainReader<unknown>, 'stands'>,
  chainId: number,
  cursorName: string,
  cursor: KnownBlock
): Promise<Position> {
  if (await reader.stands(cursor)) {
    const words = `what was shown after block ${cursor.number} does not follow it`
    throw new RpcFailure('lagging', words)
  }

  const { fromBlock } = await ScanCursor.findOrFail(cursorName)
  const oldest = Math.max(fromBlock, cursor.number - DEEPEST_REORG_BLOCKS)
  const known = await knownBlocks(chainId, oldest, cursor.number - 1)
  const common = known[await firstStanding(reader, known)]

  if (common) {
    return { blockNumber: common.number, blockHash: common.hash }
  }
  if (oldest > fromBlock) {
    throw new RpcFailure(
      'implausible',
      `the chain does not contain block ${cursor.number}, nor any block known since ${oldest}. ` +
        'Nothing was taken back; check that the endpoints of BSC_RPC_URL follow the same chain'
    )
  }
  return { blockNumber: fromBlock - 1, blockHash: null }
}

/** Where one block stands, all before it do: few of them have to be asked for. */
async function firstStanding(
  reader: Pick<ChainReader<unknown>, 'stands'>,
  newestFirst: KnownBlock[]
): Promise<number> {
  let low = 0
  let high = newestFirst.length
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (await reader.stands(newestFirst[middle]!)) {
      high = middle
    } else {
      low = middle + 1
    }
  }
  return low
}
