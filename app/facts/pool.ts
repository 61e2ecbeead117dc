import { address, amount, choice, hash, id, nullable, poolId, source } from '#facts/columns'
import { defineFact } from '#facts/define_fact'
import { chainColumns, onChain, storedRows } from '#facts/on_chain'
import type { Address } from '#facts/on_chain'

export const POOL_KINDS = ['curve', 'v2', 'v3', 'infinity'] as const

export type PoolKind = (typeof POOL_KINDS)[number]

/** A pool came into being, as a source reads it. */
export interface PoolFact {
  type: 'pool'
  kind: PoolKind
  poolId: string
  token: Address
  creator?: Address
  quote?: Address
  /** What a curve is to raise, in quote wei, where its creation says so. */
  raiseTarget?: bigint
  /** The pool is of interest only if its token is known from another fact. */
  onlyKnownToken?: true
}

const columns = {
  id: id(),
  source: source(),
  kind: choice(POOL_KINDS),
  pool_id: poolId(),
  creator: nullable(address()),
  token_address: address(),
  quote_address: nullable(address()),
  price: nullable(amount()),
  base_reserve: nullable(amount()),
  quote_reserve: nullable(amount()),
  raise_target: nullable(amount()),
  progress: nullable(amount()),
  tx_hash: hash(),
  ...chainColumns,
}

/** Where a token trades, with its latest known state. */
export const pool = defineFact({
  type: 'pool',
  table: 'pools',
  columns,
  ...onChain('tx_hash'),
  events: 'pool.created',
  list: {
    path: 'pools',
    summary: 'Curves and pools that match with their latest state, newest first',
    title: 'Pool',
    filters: ['kind', 'creator'],
    indexes: [{ column: 'token_address' }, { column: 'creator' }, { column: 'pool_id' }],
  },
  stream: { letter: 'p' },
  kept: 'for_ever',
  rows: storedRows(
    columns,
    {
      later: ['price', 'base_reserve', 'quote_reserve', 'progress'],
      completed: ['quote_address', 'raise_target'],
    },
    (fact: PoolFact, log) => ({
      kind: fact.kind,
      pool_id: fact.poolId,
      creator: fact.creator,
      token_address: fact.token,
      quote_address: fact.quote,
      raise_target: fact.raiseTarget?.toString(),
      tx_hash: log.transactionHash,
    })
  ),
})
