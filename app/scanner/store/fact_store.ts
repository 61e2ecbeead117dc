import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Clock } from '#foundation/clock'
import type { Reading } from '#sources/read_logs'
import type {
  LaunchFact,
  PoolFact,
  PoolStateFact,
  SourcedFact,
  StoredFact,
  TradeFact,
} from '#sources/facts'
import { launchRow, poolRow, quarantineRow, tradeRow } from '#scanner/store/fact_rows'
import { insertNew } from '#scanner/store/insert_new'
import { readKnownPools } from '#scanner/store/known_pools'
import { updatePoolStates } from '#scanner/store/pool_states'

type Sourced<T> = Omit<SourcedFact, 'fact'> & { fact: T }

/** How many facts were new. */
export interface Stored {
  launches: number
  pools: number
  trades: number
  quarantined: number
}

/**
 * Writes what was read, inside the caller's transaction. A fact that is already there stays as
 * it is, so storing a range twice changes nothing.
 */
export async function storeReading(
  trx: TransactionClientContract,
  chainId: number,
  { facts, undecodable }: Reading,
  clock: Clock
): Promise<Stored> {
  const now = clock.now()
  const launches = ofType<LaunchFact>(facts, 'launch')
  const newPools = ofType<PoolFact>(facts, 'pool')
  const trades = ofType<TradeFact>(facts, 'trade')
  const states = ofType<PoolStateFact>(facts, 'pool_state')

  const pools = await insertNew(
    trx,
    'pools',
    newPools.map((pool) => poolRow(pool, chainId, now))
  )

  const known = await readKnownPools(
    trx,
    chainId,
    facts.map(({ fact }) => curveOf(fact))
  )
  for (const { fact } of [...launches, ...trades]) {
    fact.quote ??= (known.get(curveOf(fact))?.quote as typeof fact.quote) ?? undefined
  }

  const stored = {
    pools,
    launches: await insertNew(
      trx,
      'launch_events',
      launches.map((launch) => launchRow(launch, chainId, now))
    ),
    trades: await insertNew(
      trx,
      'trades',
      trades.map((trade) => tradeRow(trade, chainId, now))
    ),
    quarantined: await insertNew(
      trx,
      'quarantined_logs',
      undecodable.map((log) => quarantineRow(log, chainId, now))
    ),
  }

  await updatePoolStates(trx, chainId, states, known)
  return stored
}

/** The pool whose row knows the quote asset of a fact: a graduated token's own curve. */
function curveOf(fact: StoredFact): string {
  return fact.type === 'launch' ? fact.token : fact.poolId
}

function ofType<T extends StoredFact>(facts: SourcedFact[], type: T['type']): Sourced<T>[] {
  return facts.filter(({ fact }) => fact.type === type) as Sourced<T>[]
}
