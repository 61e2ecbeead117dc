import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { factTypes } from '#facts/registry'
import { setAside } from '#collectors/store/early_pool_states'
import { reconsiderTold } from '#collectors/store/forget_tokens'
import { blockOf, stateIn, withoutParts, type StateRow } from '#collectors/store/pool_state'
import { retractLogs } from '#collectors/store/retract_logs'
import type { StoredLog } from '#collectors/store/stored_logs'

const BIRTHS = [factTypes.launch.table, factTypes.pool.table]

/**
 * Takes back facts that say something else than their logs, before these are stored as they are. The
 * state of their pools waits for that, but for what the blocks of such facts told. What launches and
 * pools told of their tokens is told anew.
 */
export async function retractAltered(
  trx: TransactionClientContract,
  chainId: number,
  altered: StoredLog[],
  now: number
) {
  const states = await statesOf(trx, altered)
  await retractLogs(trx, altered, now)
  await setAside(trx, chainId, states, null, now)

  for (const { row } of altered.filter(({ table }) => BIRTHS.includes(table))) {
    await reconsiderTold(trx, chainId, row as Record<'source' | 'token_address', string>, now)
  }
}

async function statesOf(trx: TransactionClientContract, altered: StoredLog[]): Promise<StateRow[]> {
  const ids = altered.filter(({ table }) => table === factTypes.pool.table).map(({ id }) => id)
  const rows = await trx.from(factTypes.pool.table).whereIn('id', ids)
  const blocks = new Set(altered.map(({ block }) => block.number))
  return rows.map((row) => ({
    ...withoutParts(stateIn(row), (place) => blocks.has(blockOf(place))),
    source: row.source,
    pool_id: row.pool_id,
    quote_address: null,
    raise_target: null,
  }))
}
