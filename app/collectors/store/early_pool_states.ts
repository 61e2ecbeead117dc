import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { jsonOf, jsonRows } from '#foundation/db/json_rows'
import { execute, rowsOf } from '#foundation/db/statement'
import type { BlockRange } from '#collectors/store/recent_blocks'
import {
  blockOf,
  byPlace,
  mergeSql,
  newestOf,
  placeIn,
  poolKey,
  STATE_COLUMNS,
  stateIn,
  type NamedPool,
  type StateRow,
} from '#collectors/store/pool_state'

const TABLE = 'early_pool_states'

/** Stands for every block that no reorg can undo. */
const FINAL = 0

type EarlyState = StateRow & { block_number: number }

const EARLY_COLUMNS = { ...STATE_COLUMNS, block_number: 'bigint' } as const

/** Keeps what is told of pools that are not stored, of each block that may be undone for itself. */
export async function setAside(
  trx: TransactionClientContract,
  chainId: number,
  told: StateRow[],
  recent: BlockRange | null,
  now: number
) {
  if (told.length === 0) {
    return
  }
  const final = await takeFinal(trx, chainId, recent)
  const rows = told.map((row) => {
    const block = blockOf(placeIn(row))
    const isRecent = recent !== null && block >= recent.from && block <= recent.to
    return { ...row, block_number: isRecent ? block : FINAL }
  })
  const newest = newestOf([...final, ...rows], (row) => `${poolKey(row)}:${row.block_number}`)

  const columns = Object.keys(EARLY_COLUMNS).join(', ')
  await execute(
    trx,
    `insert into ${TABLE} (chain_id, updated_at, ${columns})
     select cast(? as bigint), cast(? as bigint), ${columns} from ${jsonRows(trx, 'states', EARLY_COLUMNS)} where true
     on conflict (chain_id, source, pool_id, block_number)
     do update set updated_at = excluded.updated_at, ${mergeSql(TABLE, 'excluded')}`,
    [chainId, now, jsonOf(EARLY_COLUMNS, newest)]
  )
}

/** Takes out the rows of blocks that have become final since. */
async function takeFinal(
  trx: TransactionClientContract,
  chainId: number,
  recent: BlockRange | null
): Promise<EarlyState[]> {
  const final = () =>
    trx
      .from(TABLE)
      .where('chain_id', chainId)
      .where('block_number', '>', FINAL)
      .where('block_number', '<', recent?.from ?? 0)
  const rows: EarlyState[] = await final()
  if (rows.length > 0) {
    await final().delete()
  }
  return rows.map((row) => ({ ...toldBy(row), block_number: FINAL }))
}

const POOL_COLUMNS = { source: 'text', pool_id: 'text' } as const

/** Takes out what was kept of these pools, because they are stored now: a row for each log. */
export async function takeOver(
  trx: TransactionClientContract,
  chainId: number,
  pools: NamedPool[]
): Promise<StateRow[]> {
  if (pools.length === 0) {
    return []
  }
  const kept = await rowsOf<StateRow & { id: number }>(
    trx,
    `select early.*
     from ${jsonRows(trx, 'asked', POOL_COLUMNS)} cross join ${TABLE} as early
     where early.source = asked.source and early.pool_id = asked.pool_id and early.chain_id = ?`,
    [jsonOf(POOL_COLUMNS, pools), chainId]
  )
  if (kept.length > 0) {
    const ids = kept.map(({ id }) => Number(id))
    await trx.from(TABLE).whereIn('id', ids).delete()
  }
  return kept.flatMap((row) => byPlace(toldBy(row)))
}

function toldBy(row: StateRow): StateRow {
  return {
    source: row.source,
    pool_id: row.pool_id,
    quote_address: row.quote_address,
    raise_target: row.raise_target,
    ...stateIn({ ...row }),
  }
}

/** Forgets what blocks after `ancestor` told. */
export async function forgetEarlyStates(
  trx: TransactionClientContract,
  chainId: number,
  ancestor: number
) {
  await trx.from(TABLE).where('chain_id', chainId).where('block_number', '>', ancestor).delete()
}
