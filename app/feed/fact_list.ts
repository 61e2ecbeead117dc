import db from '@adonisjs/lucid/services/db'
import { factTypes, type FactRow, type FactType } from '#models/fact_types'

/** What a fact must be to be listed. Addresses in lower case, times in epoch milliseconds. */
export interface FactFilters {
  source?: string
  kind?: string
  token_address?: string
  creator?: string
  trader?: string
  side?: string
  quote_address?: string
  pool_id?: string
  msg_id?: string
  group_id?: string
  wallet_code?: string
  wx_id?: string
  /** Block numbers, both included. */
  from_block?: number
  to_block?: number
  /** Included. */
  since?: number
  /** Excluded, so that windows side by side share no fact. */
  until?: number
}

export interface ListWindow {
  /** Only facts with a smaller id. */
  before?: number
  limit: number
  /** The public columns unless named. */
  columns?: readonly string[]
}

const EQUALS = [
  'source',
  'kind',
  'token_address',
  'creator',
  'trader',
  'side',
  'quote_address',
  'pool_id',
  'msg_id',
  'group_id',
  'wallet_code',
  'wx_id',
] as const

const BOUNDS = [
  ['from_block', 'block_number', '>='],
  ['to_block', 'block_number', '<='],
] as const

const TIME_BOUNDS = [
  ['since', '>='],
  ['until', '<'],
] as const

/** Facts that stand (no reorg removed them), newest first. */
export async function listFacts(
  type: FactType,
  filters: FactFilters,
  { before, limit, columns = factTypes[type].columns }: ListWindow
): Promise<FactRow[]> {
  const query = db
    .from(factTypes[type].table)
    .select([...columns])
    .whereNull('removed_at')
    .orderBy('id', 'desc')
    .limit(limit)

  if (before !== undefined) query.where('id', '<', before)
  if (type === 'trade' && filters.pool_id) query.where('token_address', tokenOf(filters.pool_id))
  for (const column of EQUALS) {
    const value = filters[column]
    if (value !== undefined) query.where(column, value)
  }
  for (const [filter, column, operator] of BOUNDS) {
    const value = filters[filter]
    if (value !== undefined) query.where(column, operator, value)
  }
  for (const [filter, operator] of TIME_BOUNDS) {
    const value = filters[filter]
    if (value !== undefined) query.where(factTypes[type].timeColumn, operator, value)
  }

  return query
}

/**
 * The token of a pool, by whose index its trades are found: an index of their own would cost every
 * trade that is stored.
 */
function tokenOf(poolId: string) {
  return db.from('pools').where('pool_id', poolId).select('token_address').limit(1)
}
