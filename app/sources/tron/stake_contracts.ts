import { accountOf, type TronAccount } from '#sources/tron/address'
import { TronDecodeError } from '#sources/tron/decode_error'
import type { Message } from '#sources/tron/protobuf'
import {
  TRON_RESOURCES,
  type CountedKind,
  type TronKind,
  type TronResource,
} from '#sources/tron/records'
import type { TronContract } from '#sources/tron/transaction'

/** What one contract asks for, as the transaction's bytes say it. */
export interface StakeAction {
  kind: TronKind
  owner: TronAccount
  receiver: TronAccount | null
  resource: TronResource | null
  /** Sun; null where only TransactionInfo tells. */
  amountSun: bigint | null
  /** Null where nothing is locked. */
  lockBlocks: number | null
}

interface StakeContract {
  kind: TronKind
  name: string
  read: (parameter: Message) => Omit<StakeAction, 'kind'>
}

/** By the number in `ContractType` (java-tron's Tron.proto; fields in balance_contract.proto). */
const CONTRACTS: Record<number, StakeContract> = {
  54: {
    kind: 'freeze',
    name: 'FreezeBalanceV2Contract',
    read: (parameter) => ({
      ...ownAction(parameter),
      amountSun: amountOf(parameter, 2),
      resource: resourceOf(parameter, 3),
    }),
  },
  55: {
    kind: 'unfreeze',
    name: 'UnfreezeBalanceV2Contract',
    read: (parameter) => ({
      ...ownAction(parameter),
      amountSun: amountOf(parameter, 2),
      resource: resourceOf(parameter, 3),
    }),
  },
  56: { kind: 'withdraw', name: 'WithdrawExpireUnfreezeContract', read: ownAction },
  57: {
    kind: 'delegate',
    name: 'DelegateResourceContract',
    read: (parameter) => ({ ...delegationOf(parameter), lockBlocks: lockBlocksOf(parameter) }),
  },
  58: { kind: 'undelegate', name: 'UnDelegateResourceContract', read: delegationOf },
  59: { kind: 'cancel', name: 'CancelAllUnfreezeV2Contract', read: ownAction },
}

/** The contracts of stake 1.0, which are counted. */
const STAKE_V1: Record<number, CountedKind> = { 11: 'freeze_v1', 12: 'unfreeze_v1' }

const NAMES = new Set([
  ...Object.values(CONTRACTS).map(({ name }) => name),
  'FreezeBalanceContract',
  'UnfreezeBalanceContract',
])

/** Whether a node calls a contract of this name stake, 1.0 included. */
export function isStakeName(name: string): boolean {
  return NAMES.has(name)
}

/** The kind of a contract type; null for one that is no stake. */
export function kindOf(type: number | null): CountedKind | null {
  return type === null ? null : (CONTRACTS[type]?.kind ?? STAKE_V1[type] ?? null)
}

/**
 * What a contract does to stake; null for one that does nothing to it, and for stake 1.0.
 *
 * @throws TronDecodeError where its parameter is not what its type says
 */
export function stakeAction({ type, name, parameter }: TronContract): StakeAction | null {
  const contract = CONTRACTS[type]
  if (!contract) {
    return null
  }
  if (name !== contract.name) {
    throw new TronDecodeError(`a contract of type ${type} holds a ${name}`)
  }
  return { kind: contract.kind, ...contract.read(parameter) }
}

function ownAction(parameter: Message): Omit<StakeAction, 'kind'> {
  return {
    owner: accountOf(parameter.bytes(1)),
    receiver: null,
    resource: null,
    amountSun: null,
    lockBlocks: null,
  }
}

function delegationOf(parameter: Message): Omit<StakeAction, 'kind'> {
  return {
    owner: accountOf(parameter.bytes(1)),
    receiver: accountOf(parameter.bytes(4)),
    resource: resourceOf(parameter, 2),
    amountSun: amountOf(parameter, 3),
    lockBlocks: null,
  }
}

/** The default is not on the wire: without the field it is BANDWIDTH. */
function resourceOf(parameter: Message, field: number): TronResource {
  const resource = TRON_RESOURCES[parameter.integer(field)]
  if (!resource) {
    throw new TronDecodeError('stake is for a resource that is not known')
  }
  return resource
}

function amountOf(parameter: Message, field: number): bigint {
  const amount = parameter.number(field)
  if (amount <= 0n) {
    throw new TronDecodeError('an amount of stake is not above 0')
  }
  return amount
}

/** Three days, where a lock names no length. */
export const DEFAULT_LOCK_BLOCKS = 86_400

/** A length without a lock has no effect. */
function lockBlocksOf(parameter: Message): number | null {
  return parameter.number(5) === 0n ? null : parameter.integer(6) || DEFAULT_LOCK_BLOCKS
}
