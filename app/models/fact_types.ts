/**
 * What the outbox, the envelope and the API need to know of each fact table. A fact leaves the
 * house as its public columns, in snake_case, amounts as decimal text and times in epoch
 * milliseconds.
 */

export type FactType = 'launch' | 'pool' | 'trade'

/** A row of a fact table as the database answers it. */
export type FactRow = Record<string, string | number | boolean | null>

interface FactTypeDefinition {
  table: string
  /** The event type that a fact of this table goes out as. */
  eventType: (fact: FactRow) => string
  /** Columns that leave the house, in this order. */
  columns: readonly string[]
}

const CHAIN_COLUMNS = ['chain_id', 'block_number', 'block_hash', 'log_index', 'event_time']

export const factTypes: Record<FactType, FactTypeDefinition> = {
  launch: {
    table: 'launch_events',
    eventType: (fact) => `launch.${fact.kind}`,
    columns: [
      'id',
      'source',
      'kind',
      'token_address',
      'symbol',
      'name',
      'creator',
      'quote_address',
      'quote_amount',
      'base_amount',
      'pool_id',
      'metadata_uri',
      'launch_tx',
      ...CHAIN_COLUMNS,
    ],
  },
  pool: {
    table: 'pools',
    eventType: () => 'pool.created',
    columns: [
      'id',
      'source',
      'kind',
      'pool_id',
      'creator',
      'token_address',
      'quote_address',
      'price',
      'base_reserve',
      'quote_reserve',
      'raise_target',
      'progress',
      'tx_hash',
      ...CHAIN_COLUMNS,
    ],
  },
  trade: {
    table: 'trades',
    eventType: () => 'trade.executed',
    columns: [
      'id',
      'source',
      'pool_id',
      'trader',
      'token_address',
      'side',
      'quote_address',
      'quote_amount',
      'base_amount',
      'fee',
      'price',
      'tx_hash',
      ...CHAIN_COLUMNS,
    ],
  },
}

/** Columns that PostgreSQL answers as text because they are 64 bits wide. */
const WIDE_COLUMNS = new Set(['id', 'block_number', 'event_time'])

/** A fact as it leaves the house: public columns only, alike on both databases. */
export function publicFact(type: FactType, row: FactRow): FactRow {
  const fact: FactRow = {}
  for (const column of factTypes[type].columns) {
    const value = row[column] ?? null
    fact[column] = WIDE_COLUMNS.has(column) ? Number(value) : value
  }
  return fact
}
