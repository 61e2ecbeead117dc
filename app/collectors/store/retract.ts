import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { allFactKinds } from '#facts/registry'
import { OFF_CHAIN_BLOCK } from '#collectors/store/off_chain'
import { restorePools } from '#collectors/store/pool_journal'
import { forgetBlocksAfter } from '#collectors/store/recent_blocks'

/**
 * Takes back everything read after `ancestor`, because those blocks are no longer part of the
 * chain. The facts stay as history, marked, and return to the outbox so that whoever was told of
 * them hears of the removal.
 *
 * @returns how many facts were retracted
 */
export async function retractAfter(
  trx: TransactionClientContract,
  chainId: number,
  ancestor: number,
  now: number
): Promise<number> {
  let retracted = 0
  for (const { table } of allFactKinds().filter(({ isOnChain }) => isOnChain)) {
    const count = await trx
      .from(table)
      .where('chain_id', chainId)
      .where('block_number', '>', Math.max(ancestor, OFF_CHAIN_BLOCK))
      .whereNull('removed_at')
      .update({ removed_at: now, planned_at: null })
    retracted += Number(count)
  }

  await restorePools(trx, chainId, ancestor)
  await forgetBlocksAfter(trx, chainId, ancestor)
  return retracted
}
