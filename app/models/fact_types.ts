/**
 * What the outbox, the envelope and the API need to know of each fact table. A fact leaves the
 * house as its public columns, in snake_case, amounts as decimal text and times in epoch
 * milliseconds.
 */

export type FactType = 'launch' | 'pool' | 'trade'

/** What a job announces: that something happened, or that a reorg took it back. */
export type Announcement = FactType | Removal
type Removal = `${FactType}.removed`

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

const REMOVED = '.removed'

export function removalOf(type: FactType): Announcement {
  return `${type}${REMOVED}`
}

export function isRemoval(announcement: Announcement): announcement is Removal {
  return announcement.endsWith(REMOVED)
}

/** The kind of fact that is announced, or that was taken back. */
export function factTypeOf(announcement: Announcement): FactType {
  return announcement.replace(REMOVED, '') as FactType
}

/** The event type that an announcement of this fact goes out as. */
export function eventTypeOf(announcement: Announcement, fact: FactRow): string {
  const eventType = factTypes[factTypeOf(announcement)].eventType(fact)
  return isRemoval(announcement) ? `${eventType}${REMOVED}` : eventType
}

/** Columns that PostgreSQL answers as text because they are 64 bits wide. */
const WIDE_COLUMNS = new Set(['id', 'block_number', 'event_time', 'removed_at'])

/**
 * A fact as it leaves the house: public columns only, alike on both databases. A removal is the
 * same fact and when it was removed.
 */
export function publicFact(announcement: Announcement, row: FactRow): FactRow {
  const { columns } = factTypes[factTypeOf(announcement)]
  const shown = isRemoval(announcement) ? [...columns, 'removed_at'] : columns

  const fact: FactRow = {}
  for (const column of shown) {
    const value = row[column] ?? null
    fact[column] = WIDE_COLUMNS.has(column) ? Number(value) : value
  }
  return fact
}
