import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { KEPT_BLOCKS, type BlockRange } from '#collectors/store/recent_blocks'
import {
  blockOf,
  CHANGING_COLUMNS,
  placeIn,
  poolKey,
  raisedShare,
  stateAfter,
  stateIn,
  type PoolState,
  type StateRow,
} from '#collectors/store/pool_state'

/** The state of a pool before a block changed it. */
interface Entry {
  /** Not set while it is not stored. */
  id?: number
  block: number
  state: PoolState
  hasChanged: boolean
}

interface JournaledPool {
  id: number
  state: PoolState
  /** Oldest block first. */
  entries: Entry[]
}

/**
 * Writes down the state of pools before blocks change them that a reorg may still undo. Each entry is
 * the state as it was then: what is read late, of a block before it, changes the entry as well.
 *
 * @param told in the order of the chain
 */
export async function journalStates(
  trx: TransactionClientContract,
  chainId: number,
  told: StateRow[],
  recent: BlockRange | null
) {
  if (!recent) {
    return
  }

  const pools = await journaledPools(trx, chainId, told)
  for (const row of told) {
    const pool = pools.get(poolKey(row))
    if (pool) {
      addToJournal(pool, row, recent)
    }
  }
  await store(trx, chainId, [...pools.values()])
  await trx
    .from('pool_state_journal')
    .where('chain_id', chainId)
    .where('block_number', '<', recent.to - KEPT_BLOCKS)
    .delete()
}

async function journaledPools(
  trx: TransactionClientContract,
  chainId: number,
  told: StateRow[]
): Promise<Map<string, JournaledPool>> {
  const rows = await trx
    .from('pools')
    .where('chain_id', chainId)
    .whereNull('removed_at')
    .whereIn('pool_id', [...new Set(told.map(({ pool_id: id }) => id))])
    .select('id', 'source', 'pool_id', ...CHANGING_COLUMNS)

  const entries = await trx
    .from('pool_state_journal')
    .where('chain_id', chainId)
    .whereIn(
      'pool_row_id',
      rows.map(({ id }) => id)
    )
    .orderBy('block_number')
  const byPool = Map.groupBy(entries, (entry) => Number(entry.pool_row_id))

  return new Map(
    rows.map((row) => {
      const own = (byPool.get(Number(row.id)) ?? []).map((entry) => ({
        id: Number(entry.id),
        block: Number(entry.block_number),
        state: JSON.parse(entry.state) as PoolState,
        hasChanged: false,
      }))
      return [poolKey(row), { id: Number(row.id), state: stateIn(row), entries: own }]
    })
  )
}

function addToJournal(pool: JournaledPool, row: StateRow, recent: BlockRange) {
  const block = blockOf(placeIn(row))
  const later = pool.entries.filter((entry) => entry.block > block)
  const isRecent = block >= recent.from && block <= recent.to

  if (isRecent && !pool.entries.some((entry) => entry.block === block)) {
    const before = { ...(later[0]?.state ?? pool.state) }
    pool.entries.push({ block, state: before, hasChanged: true })
    pool.entries.sort((one, other) => one.block - other.block)
  }
  for (const entry of later) {
    entry.state = stateAfter(entry.state, stateIn({ ...row }))
    entry.hasChanged = true
  }
  pool.state = stateAfter(pool.state, stateIn({ ...row }))
}

async function store(trx: TransactionClientContract, chainId: number, pools: JournaledPool[]) {
  for (const { id: poolId, entries } of pools) {
    for (const { id, block, state } of entries.filter(({ hasChanged }) => hasChanged)) {
      const row = { state: JSON.stringify(state) }
      await (id === undefined
        ? trx
            .insertQuery()
            .table('pool_state_journal')
            .insert({ ...row, chain_id: chainId, block_number: block, pool_row_id: poolId })
        : trx.from('pool_state_journal').where('id', id).update(row))
    }
  }
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
  const entries = await undone.clone().orderBy('block_number', 'desc')

  // The oldest entry of a pool holds the state to go back to, so it is written last.
  for (const { pool_row_id: id, state } of entries) {
    const pool = await trx.from('pools').where('id', id).select('raise_target').first()
    await trx
      .from('pools')
      .where('id', id)
      .update(withProgress(JSON.parse(state), pool?.raise_target))
  }
  await undone.delete()
}

/** The raise target may have become known since. */
function withProgress(state: PoolState, target: string | null | undefined): PoolState {
  const { progress, quote_reserve: raised } = state
  if (progress !== null || !target || raised === null) {
    return state
  }
  const share = raisedShare(BigInt(raised), BigInt(target))
  return { ...state, progress: share.toString(), progress_at: state.reserves_at }
}
