import * as AbiEvent from 'ox/AbiEvent'
import type { PoolLookUp, TokenDetailsCall } from '#sources/look_ups'
import type { Address, ChainLog, Fact } from '#sources/facts'
import { flatDecoder } from '#sources/flat_decoder'
import type { PoolKind } from '#facts/pool'

/** Reads one kind of log. */
export interface EventReader {
  /** The event's signature hash: the first topic of its logs. */
  topic0: `0x${string}`
  abi: AbiEvent.AbiEvent
  /**
   * The arguments by name: addresses in lower case, integers as bigint.
   *
   * @throws when the log is not what its first topic claims
   */
  decode(log: ChainLog): Record<string, unknown>
  /** @throws when the log is not what its first topic claims */
  read(log: ChainLog): Fact[]
}

/** A contract whose logs a source reads. */
export interface SourceContract {
  /** In lower case. */
  address: Address
  events: EventReader[]
}

/** A pool whose swaps are read, because its token is followed. */
export interface FollowedPool {
  source: string
  kind: PoolKind
  /** An address, or an id within the contract that holds all pools of the kind. In lower case. */
  poolId: string
  token: Address
  quote: Address
}

/** Reads the swaps of one kind of pool, which do not name the tokens that they swap. */
export interface SwapReader {
  kind: PoolKind
  /** The contract that holds all pools of the kind. Not set: each pool is a contract. */
  singleton?: Address
  /** The reader of the swaps of these pools. */
  of(pools: readonly FollowedPool[]): EventReader
}

/** A venue: which logs it emits and what each becomes. */
export interface Source {
  /** The word used in the database, in URLs and in the `source` field of events. */
  name: string
  /** The name people know. */
  label: string
  contracts: SourceContract[]
  /** Tokens are launched there. */
  hasLaunches?: boolean
  /** What GMGN calls the platforms whose launches its contracts emit. */
  gmgnPlatforms?: string[]
  /** The quote asset of a launch whose transaction names none. Not set: unknown until looked up. */
  defaultQuote?: Address
  /** Where to ask for what the events leave out. */
  tokenDetails?: TokenDetailsCall
  /** How to ask for the pool of a token that graduated without naming one. */
  poolLookUp?: PoolLookUp
  /** Events of pools that are read only while they are followed. */
  swaps?: SwapReader[]
}

type ParsedEvent<Signature extends string> = AbiEvent.from.ReturnType<Signature>
type Arguments<Signature extends string> = AbiEvent.decode.ReturnType<
  Extract<ParsedEvent<Signature>, AbiEvent.AbiEvent>
>

export function defineSource(source: Source): Source {
  return source
}

export function contract(address: string, events: EventReader[]): SourceContract {
  return { address: address.toLowerCase() as Address, events }
}

/**
 * Says what an event becomes. `signature` is the event in human-readable ABI; the arguments
 * arrive typed, addresses in lower case, integers as bigint.
 */
export function event<const Signature extends string>(
  signature: Signature,
  toFacts: (args: Arguments<Signature>, log: ChainLog) => Fact[]
): EventReader {
  const abiEvent = AbiEvent.from(signature as never) as AbiEvent.AbiEvent
  const decodeFlat = flatDecoder(abiEvent.inputs)
  const decode = (log: ChainLog) =>
    (decodeFlat
      ? decodeFlat(log.topics, log.data)
      : AbiEvent.decode(abiEvent, log as never)) as Record<string, unknown>

  return {
    topic0: AbiEvent.getSelector(abiEvent),
    abi: abiEvent,
    decode,
    read: (log) => toFacts(decode(log) as never, log),
  }
}

/** The same source with one of its contracts at another address. */
export function relocated(source: Source, from: string, to: Address): Source {
  const contracts = source.contracts.map((each) =>
    each.address === from.toLowerCase() ? { ...each, address: to } : each
  )
  return { ...source, contracts }
}
