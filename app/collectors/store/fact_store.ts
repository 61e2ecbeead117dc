import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { SourcedFact, StoredFact } from '#sources/facts'
import type { Reading } from '#sources/read_logs'
import { dropStrangers } from '#collectors/store/drop_strangers'
import { launchRow, poolRow, quarantineRow, tradeRow } from '#collectors/store/fact_rows'
import { insertRows } from '#foundation/db/insert_rows'
import { knownTokens } from '#collectors/store/known_tokens'
import { journalPools } from '#collectors/store/pool_journal'
import { updatePoolStates } from '#collectors/store/pool_states'
import { launches, pools, quarantinedLogs, trades } from '#collectors/store/tables'

type Sourced<T> = Omit<SourcedFact, 'fact'> & { fact: T }
type FactOf<T extends StoredFact['type']> = Extract<StoredFact, { type: T }>

/** How many facts were new. */
export interface Stored {
  launches: number
  pools: number
  trades: number
  quarantined: number
}

/**
 * Writes what was read, inside the caller's transaction. A fact that is already there stays as
 * it is, so storing a range twice changes nothing. What is `isRevertible` is written down in a
 * way that a reorg can undo. `now` is in epoch milliseconds.
 */
export async function storeReading(
  trx: TransactionClientContract,
  chainId: number,
  { facts: read, undecodable }: Reading,
  now: number,
  { isRevertible = false } = {}
): Promise<Stored> {
  const facts = await dropStrangers(trx, chainId, read)
  const known = await knownTokens(trx, chainId, facts, now)
  for (const { fact } of facts) {
    fact.quote ??= known.get(fact.token)?.quote
  }

  const rowsOf = <T extends StoredFact['type'], R extends object>(
    type: T,
    row: (sourced: Sourced<FactOf<T>>, chainId: number, now: number) => R
  ) => ofType(facts, type).map((sourced) => row(sourced, chainId, now))

  const stored = {
    launches: await insertRows(trx, launches, rowsOf('launch', launchRow)),
    pools: await insertRows(trx, pools, rowsOf('pool', poolRow)),
    trades: await insertRows(trx, trades, rowsOf('trade', tradeRow)),
    quarantined: await insertRows(
      trx,
      quarantinedLogs,
      undecodable.map((log) => quarantineRow(log, chainId, now))
    ),
  }

  const states = ofType(facts, 'pool_state')
  if (isRevertible && states.length > 0) {
    await journalPools(trx, chainId, states)
  }
  await updatePoolStates(trx, chainId, states, known)
  return stored
}

function ofType<T extends StoredFact['type']>(facts: SourcedFact[], type: T): Sourced<FactOf<T>>[] {
  return facts.filter(({ fact }) => fact.type === type) as Sourced<FactOf<T>>[]
}
