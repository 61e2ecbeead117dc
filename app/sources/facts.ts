import type { LaunchFact } from '#facts/launch'
import type { Address, ChainLog } from '#facts/on_chain'
import type { PoolFact } from '#facts/pool'
import type { TradeFact } from '#facts/trade'

export type { Address, ChainLog, LaunchFact, PoolFact, TradeFact }

/** The native coin as a quote asset (BNB on BSC). */
export const NATIVE: Address = '0x0000000000000000000000000000000000000000'

/** A known pool changed; only what is set changes. `progress` is 1e18 at 100 %. */
export interface PoolStateFact {
  type: 'pool_state'
  poolId: string
  token: Address
  quote?: Address
  price?: bigint
  baseReserve?: bigint
  quoteReserve?: bigint
  progress?: bigint
}

/**
 * What one log tells about the facts that its source reads from other logs of the same token in the
 * same transaction. Clues are used up while reading; they are never stored.
 */
export interface Clue {
  type: 'clue'
  token: Address
  quote?: Address
  /** The pool a graduation moved the liquidity to. */
  graduationPool?: string
  /** The pool is believed only of a graduation with this quote asset: anyone can make others. */
  graduationQuote?: Address
}

/** What is stored of a log. */
export type ChainFact = LaunchFact | PoolFact | TradeFact | PoolStateFact

/** What an event may become. */
export type Fact = ChainFact | Clue

/** A fact and the log it was read from. */
export interface SourcedFact {
  source: string
  fact: ChainFact
  log: ChainLog
}

/** A log that its source could not decode. */
export interface Undecodable {
  source: string
  log: ChainLog
  /** What went wrong, in the decoder's words. */
  detail: string
}
