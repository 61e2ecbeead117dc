/** A row of a fact table as the database answers it. */
export type FactRow = Record<string, string | number | boolean | null>

export interface FactTypeDefinition {
  table: string
  /** Where facts come from whose table has no column `source`. */
  source?: string
  /** The event type that a fact of this table goes out as. */
  eventType: (fact: FactRow) => string
  /** The kinds of facts, where each goes out as an event type of its own. */
  kinds?: readonly string[]
  /** Columns that leave the house, in this order. */
  columns: readonly string[]
  /** The user whom it concerns alone; null in it means the operator. Never leaves the house. */
  ownerColumn?: 'owner_id'
  /** Told to the operator's endpoints alone, because it is about people. */
  isPersonal?: true
  /** Columns that name what happened, alike on every database. */
  identity: readonly string[]
  /** When it happened, in epoch milliseconds. */
  timeColumn: 'event_time' | 'create_time'
  /** What happened on a chain can be taken back by a reorg. */
  isOnChain: boolean
}

/** What is alike of everything that happens on a chain. */
export const onChain = (transaction: 'tx_hash' | 'launch_tx') =>
  ({
    identity: ['chain_id', 'block_hash', transaction, 'log_index'],
    timeColumn: 'event_time',
    isOnChain: true,
  }) as const
