import { hash, time, wide, whole } from '#facts/columns'
import type { Column } from '#facts/columns'

/** An address in lower case. */
export type Address = `0x${string}`

/** A log as a scanner hands it to a source. */
export interface ChainLog {
  /** In lower case. */
  address: Address
  topics: readonly `0x${string}`[]
  data: `0x${string}`
  blockNumber: number
  blockHash: string
  /** Epoch milliseconds. */
  blockTime: number
  transactionHash: string
  logIndex: number
}

/** Where a fact stands on its chain: the last columns of each kind. */
export const chainColumns = {
  chain_id: wide(),
  block_number: wide(),
  block_hash: hash(),
  log_index: whole(),
  event_time: time(),
}

/** The columns that every fact of a chain has. */
export const onChain = (transaction: 'tx_hash' | 'launch_tx') =>
  ({
    identity: ['chain_id', 'block_hash', transaction, 'log_index'],
    timeColumn: 'event_time',
    isOnChain: true,
  }) as const

/** A fact that was read, with the source and the log it was read from. */
export interface LoggedFact {
  source: string
  fact: object
  log: ChainLog
}

type Stored = Column['stored']
type Value = string | number | null | undefined

/** How facts that were read lie in their table. */
export interface StoredRows {
  /** The columns that are written when a fact is stored. */
  columns: Readonly<Record<string, Stored>>
  /** Those of them that may be completed later, where the log does not tell them. */
  completed: readonly string[]
  /** `now` is in epoch milliseconds. */
  row: (read: LoggedFact, chainId: number, now: number) => Record<string, Value>
}

type Columns = Readonly<Record<string, Column>>

/** The columns that tell where a fact stands; `id` is given by the database. */
type Placed = keyof typeof chainColumns | 'id' | 'source'

/** What a row has beside its place: every column, but for those that are filled later. */
type RowOf<Public extends Columns, Later extends keyof Public, Own extends Columns> = {
  [Name in Exclude<keyof Public, Placed | Later>]-?: Public[Name] extends Column<infer V>
    ? V
    : never
} & { [Name in keyof Own]: Own[Name] extends Column<infer V> ? V : never }

/**
 * How facts of a kind are stored: its public columns and some of its own, in one row for each fact.
 * Amounts are decimal text, times epoch milliseconds.
 *
 * @param later public columns that are null until more is known
 * @param completed columns that are written when the fact is stored, or later where its log does not tell them
 */
export function storedRows<
  Fact extends object,
  const Public extends Columns,
  const Own extends Columns,
  const Later extends keyof Public & string = never,
>(
  fields: Public,
  {
    own,
    later = [],
    completed = [],
  }: { own?: Own; later?: readonly Later[]; completed?: readonly (keyof Public & string)[] },
  row: (fact: Fact, log: ChainLog) => RowOf<Public, Later, Own>
): StoredRows {
  const written = Object.entries<Column>({ ...fields, ...own }).filter(
    ([name]) => name !== 'id' && !later.includes(name as Later)
  )
  const columns = written.map(([name, { stored }]) => [name, stored] as const)
  return {
    columns: { ...Object.fromEntries(columns), created_at: 'bigint' },
    completed,
    row: ({ source, fact, log }, chainId, now) => ({
      ...(row(fact as Fact, log) as Record<string, Value>),
      source,
      chain_id: chainId,
      log_index: log.logIndex,
      block_number: log.blockNumber,
      block_hash: log.blockHash,
      event_time: log.blockTime,
      created_at: now,
    }),
  }
}

/** A log as it is kept beside what was made of it. */
export function rawLog({ address, topics, data }: ChainLog): string {
  return JSON.stringify({ address, topics, data })
}
