import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Address, PoolStateFact, SourcedFact } from '#sources/facts'
import { raisedShare } from '#scanner/store/raised_share'
import type { KnownToken } from '#scanner/store/known_tokens'

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
  tokens: Map<Address, KnownToken>
) {
  for (const state of lastStates(facts)) {
    await trx
      .from('pools')
      .where({ chain_id: chainId, source: state.source, pool_id: state.poolId })
      .whereNull('removed_at')
      .where((query) =>
        query.where('state_block', '<', state.block).orWhere((same) => {
          same.where('state_block', state.block).where('state_log_index', '<=', state.logIndex)
        })
      )
      .update(changes(state, tokens.get(state.token)?.raiseTarget))
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

function changes(state: PoolState, raiseTarget: bigint | undefined) {
  const values = {
    quote_address: state.quote,
    price: state.price?.toString(),
    base_reserve: state.baseReserve?.toString(),
    quote_reserve: state.quoteReserve?.toString(),
    raise_target: raiseTarget?.toString(),
    progress: progressOf(state, raiseTarget)?.toString(),
  }
  const known = Object.entries(values).filter(([, value]) => value !== undefined)

  return {
    ...Object.fromEntries(known),
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
