import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { jsonOf, jsonRows } from '#foundation/db/json_rows'
import { rowsOf } from '#foundation/db/statement'
import { setAside, takeOver } from '#collectors/store/early_pool_states'
import type { KnownToken } from '#collectors/store/known_tokens'
import { journalStates } from '#collectors/store/pool_journal'
import {
  mergeSql,
  newestOf,
  placeIn,
  placeOf,
  poolKey,
  raisedShare,
  STATE_COLUMNS,
  type NamedPool,
  type StateRow,
} from '#collectors/store/pool_state'
import { revertibleBlocks } from '#collectors/store/recent_blocks'
import type { Address, PoolFact, PoolStateFact, SourcedFact } from '#sources/facts'

type Sourced<T> = Omit<SourcedFact, 'fact'> & { fact: T }

/** What was read of pools: those that came into being, and what became of these or others. */
interface PoolReading {
  born: Sourced<PoolFact>[]
  states: Sourced<PoolStateFact>[]
}

/**
 * Brings pools to the state that their logs tell, wherever on the chain these stand: of each part of
 * the state (price, reserves, progress) the newest log counts, so a range may be read twice, late, or
 * out of order. What is told of a pool that is not stored waits until it is.
 */
export async function updatePoolStates(
  trx: TransactionClientContract,
  chainId: number,
  { born, states }: PoolReading,
  tokens: Map<Address, KnownToken>,
  now: number
) {
  const waited = await takeOver(trx, chainId, born.map(poolOf))
  if (waited.length + states.length === 0) {
    return
  }

  const recent = await revertibleBlocks(trx, chainId)
  const read = (recent ? states : standing(states)).map((state) => stateRow(state, tokens))
  const told = [...waited, ...read].toSorted((one, other) => placeIn(one) - placeIn(other))
  await journalStates(trx, chainId, told, recent)
  const stored = await updateStored(trx, chainId, newestOf(told, poolKey))
  const unknown = told.filter((row) => !stored.has(poolKey(row)))
  await setAside(trx, chainId, unknown, recent, now)
}

/** Without what later logs tell anew: where no block can be undone, most of a busy pool's states. */
function standing(states: Sourced<PoolStateFact>[]): Sourced<PoolStateFact>[] {
  const toldLater = new Map<string, number>()
  const lastFirst = states.toReversed().filter((state) => {
    const key = poolKey(poolOf(state))
    const later = toldLater.get(key) ?? 0
    const told = later | partsOf(state.fact)
    toldLater.set(key, told)
    return told !== later
  })
  return lastFirst.toReversed()
}

/** What a log tells of a pool, a bit for each part. */
function partsOf({ quote, price, baseReserve, quoteReserve, progress }: PoolStateFact): number {
  const parts = [quote, price, baseReserve, quoteReserve, progress]
  return parts.reduce<number>((bits, part, at) => (part === undefined ? bits : bits | (1 << at)), 0)
}

/**
 * Updates those pools that are stored, and answers their keys. `cross join` keeps SQLite from walking
 * through the table instead of the list.
 */
async function updateStored(
  trx: TransactionClientContract,
  chainId: number,
  states: StateRow[]
): Promise<Set<string>> {
  const updated = await rowsOf<NamedPool>(
    trx,
    `with newer as materialized (
       select standing.id, states.*
       from ${jsonRows(trx, 'states', STATE_COLUMNS)} cross join pools as standing
       where standing.chain_id = ? and standing.source = states.source
         and standing.pool_id = states.pool_id and standing.removed_at is null)
     update pools set ${mergeSql('pools', 'newer')} from newer where pools.id = newer.id
     returning pools.source, pools.pool_id`,
    [jsonOf(STATE_COLUMNS, states), chainId]
  )
  return new Set(updated.map(poolKey))
}

function poolOf({ source, fact }: Sourced<PoolFact | PoolStateFact>): NamedPool {
  return { source, pool_id: fact.poolId }
}

function stateRow(
  { source, fact, log }: Sourced<PoolStateFact>,
  tokens: Map<Address, KnownToken>
): StateRow {
  // Only the curve, whose id is the token's own address, raises anything.
  const target = fact.poolId === fact.token ? tokens.get(fact.token)?.raiseTarget : undefined
  const progress = progressOf(fact, target)
  const place = placeOf(log)
  const hasReserves = fact.baseReserve !== undefined || fact.quoteReserve !== undefined

  return {
    source,
    pool_id: fact.poolId,
    quote_address: fact.quote ?? null,
    price: textOf(fact.price),
    base_reserve: textOf(fact.baseReserve),
    quote_reserve: textOf(fact.quoteReserve),
    raise_target: textOf(target),
    progress: textOf(progress),
    price_at: fact.price === undefined ? null : place,
    reserves_at: hasReserves ? place : null,
    progress_at: progress === undefined ? null : place,
  }
}

function textOf(amount: bigint | undefined): string | null {
  return amount?.toString() ?? null
}

/** Stated by the venue, or what is raised of the target (both in quote wei). */
function progressOf(state: PoolStateFact, raiseTarget: bigint | undefined): bigint | undefined {
  if (state.progress !== undefined || !raiseTarget || state.quoteReserve === undefined) {
    return state.progress
  }
  return raisedShare(state.quoteReserve, raiseTarget)
}
