import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { PoolStateFact, SourcedFact } from '#sources/facts'
import type { KnownPool } from '#scanner/store/known_pools'

const COMPLETE = 10n ** 18n

type Stated = Omit<SourcedFact, 'fact'> & { fact: PoolStateFact }

interface PoolState extends PoolStateFact {
  source: string
  block: number
  logIndex: number
}

/**
 * Brings pools to the state that these facts leave them in: the last word of each pool, and
 * never an older one over a newer one, so that reading a range twice or out of order does no harm.
 */
export async function updatePoolStates(
  trx: TransactionClientContract,
  chainId: number,
  facts: Stated[],
  pools: Map<string, KnownPool>
) {
  for (const state of lastStates(facts)) {
    const pool = pools.get(state.poolId)
    if (!pool) {
      continue
    }

    await trx
      .from('pools')
      .where({ chain_id: chainId, source: state.source, pool_id: state.poolId })
      .whereNull('removed_at')
      .where((query) =>
        query.where('state_block', '<', state.block).orWhere((same) => {
          same.where('state_block', state.block).where('state_log_index', '<=', state.logIndex)
        })
      )
      .update(changes(state, pool))
  }
}

function lastStates(facts: Stated[]): Iterable<PoolState> {
  const states = new Map<string, PoolState>()
  for (const { source, fact, log } of facts) {
    const position = { source, block: log.blockNumber, logIndex: log.logIndex }
    states.set(fact.poolId, { ...states.get(fact.poolId), ...fact, ...position })
  }
  return states.values()
}

function changes(state: PoolState, pool: KnownPool) {
  const values = {
    quote_address: state.quote,
    price: state.price?.toString(),
    base_reserve: state.baseReserve?.toString(),
    quote_reserve: state.quoteReserve?.toString(),
    raise_target: state.raiseTarget?.toString(),
    progress: progressOf(state, pool)?.toString(),
  }
  const known = Object.entries(values).filter(([, value]) => value !== undefined)

  return {
    ...Object.fromEntries(known),
    state_block: state.block,
    state_log_index: state.logIndex,
  }
}

/** Stated by the venue, or what is raised of the target (both in quote wei). */
function progressOf(state: PoolState, pool: KnownPool): bigint | undefined {
  const target = state.raiseTarget ?? pool.raiseTarget
  if (state.progress !== undefined || !target || state.quoteReserve === undefined) {
    return state.progress
  }

  const progress = (state.quoteReserve * COMPLETE) / target
  return progress < COMPLETE ? progress : COMPLETE
}
