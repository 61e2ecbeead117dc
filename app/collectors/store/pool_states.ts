import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { jsonOf, jsonRows } from '#foundation/db/json_rows'
import type { Address, PoolStateFact, SourcedFact } from '#sources/facts'
import type { KnownToken } from '#collectors/store/known_tokens'

type Stated = Omit<SourcedFact, 'fact'> & { fact: PoolStateFact }

interface PoolState extends PoolStateFact {
  source: string
  block: number
  logIndex: number
}

const COLUMNS = {
  source: 'text',
  pool_id: 'text',
  quote_address: 'text',
  price: 'text',
  base_reserve: 'text',
  quote_reserve: 'text',
  raise_target: 'text',
  progress: 'text',
  state_block: 'bigint',
  state_log_index: 'integer',
} as const

const CHANGED = [
  'quote_address',
  'price',
  'base_reserve',
  'quote_reserve',
  'raise_target',
  'progress',
]

/**
 * Brings pools to the state after these facts: the newest fact of each pool counts, and an older one
 * never replaces a newer one, so a range may be read twice or out of order. Columns that a fact does
 * not set stay as they were.
 */
export async function updatePoolStates(
  trx: TransactionClientContract,
  chainId: number,
  facts: Stated[],
  tokens: Map<Address, KnownToken>
) {
  const states = [...lastStates(facts)].map((state) =>
    // Only the curve, whose id is the token's own address, raises anything.
    stateRow(state, state.poolId === state.token ? tokens.get(state.token)?.raiseTarget : undefined)
  )
  if (states.length === 0) {
    return
  }

  const changes = CHANGED.map((column) => `${column} = coalesce(newer.${column}, pools.${column})`)
  await trx.rawQuery(
    `with newer as materialized (${newerStates(trx)})
     update pools
     set ${changes.join(', ')}, state_block = newer.state_block, state_log_index = newer.state_log_index
     from newer
     where pools.id = newer.id`,
    [jsonOf(COLUMNS, states), chainId]
  )
}

/** `cross join` keeps SQLite from walking through the table instead of the list. */
function newerStates(trx: TransactionClientContract) {
  return `
    select standing.id, states.*
    from ${jsonRows(trx, 'states', COLUMNS)} cross join pools as standing
    where standing.chain_id = ? and standing.source = states.source
      and standing.pool_id = states.pool_id and standing.removed_at is null
      and (standing.state_block < states.state_block
        or (standing.state_block = states.state_block
          and standing.state_log_index <= states.state_log_index))`
}

function lastStates(facts: Stated[]): Iterable<PoolState> {
  const states = new Map<string, PoolState>()
  for (const { source, fact, log } of facts) {
    const position = { source, block: log.blockNumber, logIndex: log.logIndex }
    const state = states.get(fact.poolId)
    if (state) {
      Object.assign(state, fact, position)
    } else {
      states.set(fact.poolId, { ...fact, ...position })
    }
  }
  return states.values()
}

function stateRow(state: PoolState, raiseTarget: bigint | undefined) {
  return {
    source: state.source,
    pool_id: state.poolId,
    quote_address: state.quote,
    price: state.price?.toString(),
    base_reserve: state.baseReserve?.toString(),
    quote_reserve: state.quoteReserve?.toString(),
    raise_target: raiseTarget?.toString(),
    progress: progressOf(state, raiseTarget)?.toString(),
    state_block: state.block,
    state_log_index: state.logIndex,
  }
}

/** Stated by the venue, or what is raised of the target (both in quote wei). */
function progressOf(state: PoolState, raiseTarget: bigint | undefined): bigint | undefined {
  if (state.progress !== undefined || !raiseTarget || state.quoteReserve === undefined) {
    return state.progress
  }
  return raisedShare(state.quoteReserve, raiseTarget)
}

const COMPLETE = 10n ** 18n

/** How much of a raise target (quote wei) has been raised: 1e18 is all of it. */
export function raisedShare(raised: bigint, target: bigint): bigint {
  const share = (raised * COMPLETE) / target
  return share < COMPLETE ? share : COMPLETE
}
