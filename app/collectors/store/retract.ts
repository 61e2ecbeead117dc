import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { allFactKinds } from '#facts/registry'
import { OFF_CHAIN_BLOCK } from '#collectors/store/stored_logs'
import { forgetEarlyStates } from '#collectors/store/early_pool_states'
import { forgetTokens } from '#collectors/store/forget_tokens'
import { restorePools } from '#collectors/store/pool_journal'
import { forgetBlocksAfter } from '#collectors/store/recent_blocks'
import { reopenUnfreezings } from '#collectors/tron/settle_unfreezings'

/**
 * Takes back everything read after `ancestor`, because those blocks are no longer part of the
 * chain. The facts stay as history, marked, and return to the outbox: subscribers that were sent
 * them are sent the removal.
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
  await forgetEarlyStates(trx, chainId, ancestor)
  await forgetTokens(trx, chainId, ancestor, now)
  await forgetBlocksAfter(trx, chainId, ancestor)
  await reopenUnfreezings(trx, chainId, ancestor)
  return retracted
}

/** How many facts of a chain stand after a block. */
export async function countFacts(
  trx: TransactionClientContract,
  chainId: number,
  block: number
): Promise<number> {
  let facts = 0
  for (const { table } of allFactKinds().filter(({ isOnChain }) => isOnChain)) {
    const standing = trx.from(table).where('chain_id', chainId).whereNull('removed_at')
    const [row] = await standing.where('block_number', '>', block).count('* as facts')
    facts += Number(row.facts)
  }
  return facts
}
