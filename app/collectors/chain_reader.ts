import type { GapReason } from '#models/scan_gap'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

/** A block near the head. */
export interface ChainBlock<Reading> {
  number: number
  hash: string
  parentHash: string
  /** Reads everything of it that the reader is asked for. */
  read(): Promise<Reading>
}

/** The newest block up to which is read. */
export interface ChainHead<Reading> extends ChainBlock<Reading>, SeenHead {}

/** What is kept of a head that was read. */
export interface SeenHead {
  number: number
  /**
   * How old it was when it was read, by its own time and this machine's clock, in milliseconds; below
   * zero for a time to come. Null where the reader does not tell.
   */
  lateMs: number | null
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
export interface BlocksReading<Reading> {
  from: number
  to: number
  reading: Reading
  gaps: UnreadRange[]
}

/** Blocks that were read on the way of a cursor, with what joins them to the blocks around. */
export interface RangeReading<Reading> extends BlocksReading<Reading> {
  /** The hash of the block before the first one. */
  parentHash: string
  /** The hash of the last block. */
  hash: string
}

/**
 * Reads a chain: one for each family of chains. Only the reader and its store know what a reading
 * holds. Each method throws RpcFailure when it may work later.
 */
export interface ChainReader<Reading> {
  /** The chain and its endpoints, for the log. */
  readonly name: string
  /**
   * Blocks nearer to the head than this are read one by one. Older ones exist for certain and no
   * reorg reaches them: `range` reads those. `Infinity` for a chain that has no such call.
   */
  readonly nearHead: number
  /**
   * The newest block up to which is read.
   *
   * @param known a block that is known to exist, such as the one read last; null for none
   */
  head(known: number | null): Promise<ChainHead<Reading>>
  /** The block of this number, as the chain is now. */
  block(number: number): Promise<ChainBlock<Reading>>
  /** Blocks far behind the head, in parts and in order. A failure leaves the parts before it valid. */
  range(from: number, to: number): AsyncIterable<RangeReading<Reading>>
  /**
   * Whether a block that was read is still part of the chain.
   *
   * @throws RpcFailure `lagging` when endpoints contradict each other
   */
  stands(block: { number: number; hash: string }): Promise<boolean>
  /**
   * Blocks that could not be read before, or as many of the first of them as are read at once. What is
   * not proven to be complete stays a gap.
   */
  gap(from: number, to: number): Promise<BlocksReading<Reading>>
  /** Resolves when there may be a new block, or the signal aborts. */
  nextBlock(signal: AbortSignal): Promise<void>
  /** Subscribes to new blocks until the signal aborts, where endpoints announce them. */
  listen?(signal: AbortSignal): Promise<void>
}

/** How many facts of each kind were new. */
export type StoredCounts = Record<string, number>

/**
 * Stores a reading inside the caller's transaction. Storing it twice changes nothing.
 *
 * @param now epoch milliseconds
 */
export type StoreReading<Reading> = (
  trx: TransactionClientContract,
  reading: Reading,
  now: number
) => Promise<StoredCounts>
