import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { allFactKinds } from '#facts/registry'
import { OFF_CHAIN_BLOCK } from '#collectors/store/stored_logs'
import { forgetBlocksAfter, KEPT_BLOCKS } from '#collectors/store/recent_blocks'
import type { ChainLog, PoolStateFact } from '#sources/facts'

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
  await forgetBlocksAfter(trx, chainId, ancestor)
  return retracted
}

/** The columns of a pool that trades change. */
const STATE_COLUMNS = [
  'price',
  'base_reserve',
  'quote_reserve',
  'progress',
  'state_block',
  'state_log_index',
]

/** Stores the state of pools before a block changes them, so that a reorg can undo it. */
export async function journalPools(
  trx: TransactionClientContract,
  chainId: number,
  states: { fact: PoolStateFact; log: ChainLog }[]
) {
  const block = states[0]!.log.blockNumber
  const poolIds = states.map(({ fact }) => fact.poolId)
  const pools = await trx
    .from('pools')
    .where('chain_id', chainId)
    .whereNull('removed_at')
    .whereIn('pool_id', poolIds)
    .select('id', ...STATE_COLUMNS)

  if (pools.length > 0) {
    await trx.knexClient.table('pool_state_journal').insert(
      pools.map(({ id, ...state }) => ({
        chain_id: chainId,
        block_number: block,
        pool_row_id: id,
        state: JSON.stringify(state),
      }))
    )
  }
  await trx
    .from('pool_state_journal')
    .where('chain_id', chainId)
    .where('block_number', '<', block - KEPT_BLOCKS)
    .delete()
}

/** Brings pools back to their state after `ancestor`. */
export async function restorePools(
  trx: TransactionClientContract,
  chainId: number,
  ancestor: number
) {
  const undone = trx
    .from('pool_state_journal')
    .where('chain_id', chainId)
    .where('block_number', '>', ancestor)
  const entries = await undone.clone().orderBy('block_number', 'desc').orderBy('id', 'desc')

  // Newest first: the oldest entry holds the state to go back to, so it is written last.
  for (const { pool_row_id: id, state } of entries) {
    await trx.from('pools').where('id', id).update(JSON.parse(state))
  }
  await undone.delete()
}
