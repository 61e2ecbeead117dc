import type { LaunchKind } from '#facts/launch'
import type { PoolKind } from '#facts/pool'
import type { TradeSide } from '#facts/trade'

/** A venue of the operator's own; docs/sources.md explains each field. */
export interface SourceDeclaration {
  name: string
  label: string
  /** The quote asset where no event names one: `native`, or an address. */
  quote?: string
  contracts: { address: string; events: EventDeclaration[] }[]
}

/** What one event becomes. `map` says which argument holds which field of the fact. */
export type EventDeclaration =
  | { signature: string; as: 'launch'; kind: LaunchKind; map: FieldMap<'launch'> }
  | { signature: string; as: 'pool'; kind: PoolKind; map: FieldMap<'pool'> }
  | { signature: string; as: 'trade'; side?: TradeSide; map: FieldMap<'trade'> }

/** The types of Solidity that each kind of value may come from, and how to say so. */
export const VALUE_TYPES = {
  address: { accepts: /^address$/, words: 'address' },
  amount: { accepts: /^uint\d*$/, words: 'an unsigned integer (uint256)' },
  flag: { accepts: /^bool$/, words: 'bool' },
  pool: { accepts: /^(address|bytes32)$/, words: 'address or bytes32' },
  text: { accepts: /^string$/, words: 'string' },
} as const

interface Field {
  type: keyof typeof VALUE_TYPES
  isRequired?: true
}

/** What a declared event can tell of a fact. Amounts are in the smallest unit (wei). */
export const FIELDS = {
  launch: {
    token: { type: 'address', isRequired: true },
    name: { type: 'text' },
    symbol: { type: 'text' },
    creator: { type: 'address' },
    quote: { type: 'address' },
    quoteAmount: { type: 'amount' },
    baseAmount: { type: 'amount' },
    poolId: { type: 'pool' },
    metadataUri: { type: 'text' },
  },
  pool: {
    token: { type: 'address', isRequired: true },
    poolId: { type: 'pool', isRequired: true },
    creator: { type: 'address' },
    quote: { type: 'address' },
  },
  trade: {
    token: { type: 'address', isRequired: true },
    trader: { type: 'address', isRequired: true },
    quoteAmount: { type: 'amount', isRequired: true },
    baseAmount: { type: 'amount', isRequired: true },
    /** True for a buy; instead of `side`. */
    isBuy: { type: 'flag' },
    poolId: { type: 'pool' },
    quote: { type: 'address' },
    fee: { type: 'amount' },
    price: { type: 'amount' },
  },
} as const satisfies Record<string, Record<string, Field>>

export type DeclaredType = keyof typeof FIELDS

type FieldsOf<Type extends DeclaredType> = (typeof FIELDS)[Type]
type RequiredOf<Type extends DeclaredType> = {
  [Name in keyof FieldsOf<Type>]: FieldsOf<Type>[Name] extends { isRequired: true } ? Name : never
}[keyof FieldsOf<Type>]

/** From the fields of a fact to the names of an event's arguments. */
export type FieldMap<Type extends DeclaredType> = Record<RequiredOf<Type>, string> &
  Partial<Record<keyof FieldsOf<Type>, string>>

export function fieldsOf(type: DeclaredType): Record<string, Field> {
  return FIELDS[type]
}
