import type { ProofState, TronResource } from '#facts/on_tron'
import { DELEGATE_OPERATIONS } from '#facts/tron_delegation'
import { STAKE_OPERATIONS, type InfoState } from '#facts/tron_stake'

export { TRON_RESOURCES, type ProofState, type TronResource } from '#facts/on_tron'
export type { InfoState } from '#facts/tron_stake'

/**
 * An account in base58check, as people and explorers write it: `T…`, 34 characters. It is the only
 * form that is stored and compared; hex is read at the edges and turned into it.
 */
export type TronAddress = string

/** A block or transaction id: 64 lower-case hex digits without 0x, as nodes and explorers print it. */
export type TronHash = string

/** What a stake transaction does, from the six contracts of stake 2.0. */
export const TRON_KINDS = [...STAKE_OPERATIONS, ...DELEGATE_OPERATIONS] as const

export type TronKind = (typeof TRON_KINDS)[number]

/** The contracts of stake 1.0: no record is made of them, so that they are counted. */
export const STAKE_V1_KINDS = ['freeze_v1', 'unfreeze_v1'] as const

export type CountedKind = TronKind | (typeof STAKE_V1_KINDS)[number]

/**
 * One thing that a transaction did to the stake of one resource. The key is (network, txId,
 * contractIndex, kind, resource): a cancel has one record for each resource that it cancelled, and
 * an unfreeze or cancel that also paid out has a `withdraw` beside it (`causedBy`). Reading a block
 * again may turn a `missing` amount into `single` and that into `agreed`; nothing else of a record
 * changes.
 */
export interface TronRecord {
  txId: TronHash
  /** Position of the transaction in its block, from 0. */
  txIndex: number
  /** Always 0 today: a transaction holds one contract. */
  contractIndex: number
  kind: TronKind
  /** Null for a withdraw, and for a cancel that cancelled nothing or whose amounts are missing. */
  resource: TronResource | null
  owner: TronAddress
  /** Who gets or gives back the delegated resource; null for other kinds. */
  receiver: TronAddress | null
  /** Stake in sun (1 TRX = 1e6 sun), never energy; null where only the missing TransactionInfo tells. */
  amountSun: bigint | null
  infoState: InfoState
  /** The contract that paid out besides its own work; null where the record is the work itself. */
  causedBy: 'unfreeze' | 'cancel' | null
  /** Whether a delegation is locked. */
  lock: boolean
  /** How long it is locked, in blocks of 3 s; null for one that is not. */
  lockBlocks: number | null
  /** 0 is the owner's own permission. */
  permissionId: number
  /** Who signed it, recovered from the signatures. */
  signers: TronAddress[]
  /**
   * When an unfreeze can be withdrawn, in epoch milliseconds: the network counts from the time of the
   * block *before*. Null for other kinds.
   */
  availableAt: number | null
  /** Until when a delegation is locked, in epoch milliseconds, counted in the same way. */
  lockedUntil: number | null
}

/** A transaction that should be stake but cannot be read: it belongs into the quarantine. */
export interface UnreadableTransaction {
  txId: TronHash
  txIndex: number
  detail: string
}

/** A block, and what stands behind it. */
export interface TronBlock {
  number: number
  id: TronHash
  parentId: TronHash
  /** Epoch milliseconds. */
  timestampMs: number
  /** The time of the block before, by which the network decides what can be withdrawn. */
  parentTimestampMs: number
  /** The account that produced it; another key may have signed for it. */
  witness: TronAddress
  /** All transactions of it. */
  txCount: number
  proof: ProofState
  /** Every stake transaction of it by kind, also of accounts that are not watched. */
  counts: Partial<Record<CountedKind, number>>
  /** Those of the accounts that are watched, in the order of the block. */
  records: TronRecord[]
  unreadable: UnreadableTransaction[]
}

/** What the store takes. */
export interface TronReading {
  /** Blocks that are final, in order. */
  blocks: TronBlock[]
  /** Blocks on top of them that a reorg may still replace. */
  provisional?: TronBlock[]
}
