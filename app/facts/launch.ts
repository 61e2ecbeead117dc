import { address, amount, choice, hash, id, nullable, poolId, source, text } from '#facts/columns'
import { defineFact } from '#facts/define_fact'
import { chainColumns, onChain, rawLog, storedRows } from '#facts/on_chain'
import type { Address } from '#facts/on_chain'

export const LAUNCH_KINDS = ['created', 'graduated'] as const

/** `created`: the token exists and trades on its curve. `graduated`: its liquidity moved to a DEX. */
export type LaunchKind = (typeof LAUNCH_KINDS)[number]

/** A token was launched or graduated, as a source reads it. Amounts are in the smallest unit (wei). */
export interface LaunchFact {
  type: 'launch'
  kind: LaunchKind
  token: Address
  name?: string
  symbol?: string
  creator?: Address
  /** Not set while unknown: some venues do not name it in the event. */
  quote?: Address
  quoteAmount?: bigint
  baseAmount?: bigint
  poolId?: string
  metadataUri?: string
}

const columns = {
  id: id(),
  source: source(),
  kind: choice(LAUNCH_KINDS),
  token_address: address(),
  symbol: nullable(text()),
  name: nullable(text()),
  creator: nullable(address()),
  quote_address: nullable(address()),
  quote_amount: nullable(amount()),
  base_amount: nullable(amount()),
  pool_id: nullable(poolId()),
  metadata_uri: nullable(text()),
  launch_tx: hash(),
  ...chainColumns,
}

/** A token was launched, or graduated to a DEX. */
export const launch = defineFact({
  type: 'launch',
  table: 'launch_events',
  columns,
  ...onChain('launch_tx'),
  events: { column: 'kind', type: (kind) => `launch.${kind}` },
  list: {
    path: 'launches',
    summary: 'Launches and graduations that match, newest first',
    title: 'Launch',
    filters: ['kind', 'creator'],
    indexes: [
      { column: 'token_address' },
      { column: 'creator' },
      { column: 'pool_id' },
      { columns: ['source', 'kind'], index: 'launch_events_source' },
    ],
  },
  stream: { letter: 'l', isPublic: true },
  kept: 'for_ever',
  rows: storedRows(
    columns,
    { own: { raw: text() }, completed: ['quote_address', 'pool_id'] },
    (fact: LaunchFact, log) => ({
      kind: fact.kind,
      token_address: fact.token,
      symbol: fact.symbol,
      name: fact.name,
      creator: fact.creator,
      quote_address: fact.quote,
      quote_amount: fact.quoteAmount?.toString(),
      base_amount: fact.baseAmount?.toString(),
      pool_id: fact.poolId,
      metadata_uri: fact.metadataUri,
      launch_tx: log.transactionHash,
      raw: rawLog(log),
    })
  ),
})
