import type { GapReason } from '#models/scan_gap'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

/** A block near the head. */
export interface ChainBlock<Reading> {
  number: number
  hash: string
  parentHash: string
  /** Everything that is wanted of it. */
  read(): Promise<Reading>
}

/** Blocks that no endpoint could give. */
export interface UnreadRange {
  from: number
  to: number
  reason: GapReason
  /** What the endpoints said. */
  detail: string | null
}

/** What blocks hold, both ends included, but for those that could not be read. */
export interface RangeReading<Reading> {
  from: number
  to: number
  reading: Reading
  gaps: UnreadRange[]
}

/**
 * How a chain is read: one for each family of chains. What a reading is, only the reader and the
 * store that keeps it know. Each method throws RpcFailure when it may work later.
 */
export interface ChainReader<Reading> {
  /** What is read and through what, for the log. */
  readonly name: string
  /**
   * Nearer to the head than this, blocks are read one by one: `range` is for those that are sure to
   * be there and to stay. `Infinity` for a chain that has no better way.
   */
  readonly nearHead: number
  /**
   * The newest block up to which is read.
   *
   * @param known a block that is known to exist, such as the one read last; null for none
   */
  head(known: number | null): Promise<ChainBlock<Reading>>
  /** The block of this number, as the chain is now. */
  block(number: number): Promise<ChainBlock<Reading>>
  /** Blocks far behind the head, in parts and in order. Parts that were answered stand. */
  range(from: number, to: number): AsyncIterable<RangeReading<Reading>>
  /** Blocks that could not be read before. What may be missing without proof stays a gap. */
  gap(from: number, to: number): Promise<RangeReading<Reading>>
  /** Resolves when there may be a new block, or the signal aborts. */
  nextBlock(signal: AbortSignal): Promise<void>
  /** Keeps hearing of new blocks until the signal aborts, where endpoints announce them. */
  listen?(signal: AbortSignal): Promise<void>
}

/** How many facts of each sort were new. */
export type StoredCounts = Record<string, number>

/**
 * Stores a reading inside the caller's transaction. Storing it twice changes nothing. What is
 * `isRevertible` is written down in a way that a reorg can undo.
 *
 * @param now epoch milliseconds
 */
export type StoreReading<Reading> = (
  trx: TransactionClientContract,
  reading: Reading,
  now: number,
  options?: { isRevertible?: boolean }
) => Promise<StoredCounts>
