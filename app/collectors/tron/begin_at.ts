import { OperatorError } from '#foundation/errors'
import { writeTransaction } from '#foundation/db/transaction'
import { findCursor, moveCursor } from '#collectors/store/cursor'
import { recordGaps } from '#collectors/store/gaps'
import type { FollowTronOptions } from '#collectors/tron/follow_tron'
import { readHeader } from '#collectors/tron/node_answers'

/**
 * Lets reading go on at a block ahead of where it stopped. The blocks between become a gap, which is
 * read beside what follows the head, so that nothing is left out. A first run just begins there.
 *
 * @throws OperatorError for a block that was read already, or that does not exist yet
 * @throws RpcFailure
 */
export async function beginAt({ clock, nodes }: FollowTronOptions, block: number) {
  const { chainId } = nodes.network
  const { number: newest } = await nodes.ask((node) => readHeader(node, 'newest'))
  if (!Number.isSafeInteger(block) || block < 1 || block > newest) {
    throw new OperatorError(`--from must be a block from 1 to ${newest}, the newest one`)
  }
  const name = `chain:${chainId}`
  const at = await findCursor(name)
  if (!at || block === at.blockNumber + 1) {
    return
  }
  if (block <= at.blockNumber) {
    throw new OperatorError(
      `Blocks up to ${at.blockNumber} were passed already. ` +
        `Read older ones with: node ace tron:backfill --from=${block}`
    )
  }
  await writeTransaction(async (trx) => {
    const now = clock.now()
    const before = { blockNumber: block - 1, blockHash: null }
    await moveCursor(trx, name, at, before, { number: newest, lateMs: null }, now)
    const [from, to] = [at.blockNumber + 1, block - 1]
    await recordGaps(trx, chainId, [{ from, to, reason: 'skipped', detail: null }], now)
  })
}
