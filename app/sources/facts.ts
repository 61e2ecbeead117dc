import type { LaunchKind } from '#models/launch_event'
import type { PoolKind } from '#models/pool'
import type { TradeSide } from '#models/trade'

/** An address in lower case. */
export type Address = `0x${string}`

/** The native coin as a quote asset (BNB on BSC). */
export const NATIVE: Address = '0x0000000000000000000000000000000000000000'

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

/** A token was launched or graduated. Amounts are in the smallest unit (wei). */
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

/** A pool came into being. */
export interface PoolFact {
  type: 'pool'
  kind: PoolKind
  poolId: string
  token: Address
  creator?: Address
  quote?: Address
  /** The pool is of interest only if its token is known from another fact. */
  onlyKnownToken?: true
}

/** A token was bought or sold. `price` is quote wei for one whole token (1e18 base units). */
export interface TradeFact {
  type: 'trade'
  poolId: string
  token: Address
  trader: Address
  side: TradeSide
  quote?: Address
  quoteAmount: bigint
  baseAmount: bigint
  fee?: bigint
  price?: bigint
}

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
 * What one log tells about the facts of other logs of the same token in the same transaction.
 * Clues are used up while reading; they are never stored.
 */
export interface Clue {
  type: 'clue'
  token: Address
  quote?: Address
  /** The pool a graduation moved the liquidity to. */
  graduationPool?: string
}

/** What is stored. */
export type StoredFact = LaunchFact | PoolFact | TradeFact | PoolStateFact

/** What an event may become. */
export type Fact = StoredFact | Clue

/** A fact and the log it was read from. */
export interface SourcedFact {
  source: string
  fact: StoredFact
  log: ChainLog
}

/** A log that its source could not decode. */
export interface Undecodable {
  source: string
  log: ChainLog
  reason: string
}
