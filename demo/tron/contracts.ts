import { base58Of } from '#demo/tron/keys'
import { bytesField, messageField, varintField } from '#demo/tron/wire'

/** What is staked for. The first is the default, which neither bytes nor JSON write. */
export const RESOURCES = ['BANDWIDTH', 'ENERGY', 'TRON_POWER'] as const

export type Resource = (typeof RESOURCES)[number]

type Kind = 'address' | 'name' | 'bytes' | 'amount' | 'resource' | 'flag'

type Fields = Record<string, readonly [field: number, kind: Kind]>

const OWNER = { owner_address: [1, 'address'] } as const satisfies Fields

/**
 * The kinds of contract that this chain knows: their number, and their fields in the order and
 * with the numbers of `core/contract/*.proto` of java-tron. A capital D in `UnDelegate` is theirs.
 */
const CONTRACTS = {
  AccountCreateContract: [0, { ...OWNER, account_address: [2, 'address'] }],
  TransferContract: [1, { ...OWNER, to_address: [2, 'address'], amount: [3, 'amount'] }],
  TransferAssetContract: [
    2,
    {
      asset_name: [1, 'name'],
      owner_address: [2, 'address'],
      to_address: [3, 'address'],
      amount: [4, 'amount'],
    },
  ],
  FreezeBalanceContract: [
    11,
    {
      ...OWNER,
      frozen_balance: [2, 'amount'],
      frozen_duration: [3, 'amount'],
      resource: [10, 'resource'],
      receiver_address: [15, 'address'],
    },
  ],
  UnfreezeBalanceContract: [
    12,
    { ...OWNER, resource: [10, 'resource'], receiver_address: [15, 'address'] },
  ],
  WithdrawBalanceContract: [13, OWNER],
  TriggerSmartContract: [
    31,
    { ...OWNER, contract_address: [2, 'address'], call_value: [3, 'amount'], data: [4, 'bytes'] },
  ],
  FreezeBalanceV2Contract: [
    54,
    { ...OWNER, frozen_balance: [2, 'amount'], resource: [3, 'resource'] },
  ],
  UnfreezeBalanceV2Contract: [
    55,
    { ...OWNER, unfreeze_balance: [2, 'amount'], resource: [3, 'resource'] },
  ],
  WithdrawExpireUnfreezeContract: [56, OWNER],
  DelegateResourceContract: [
    57,
    {
      ...OWNER,
      resource: [2, 'resource'],
      balance: [3, 'amount'],
      receiver_address: [4, 'address'],
      lock: [5, 'flag'],
      lock_period: [6, 'amount'],
    },
  ],
  UnDelegateResourceContract: [
    58,
    {
      ...OWNER,
      resource: [2, 'resource'],
      balance: [3, 'amount'],
      receiver_address: [4, 'address'],
    },
  ],
  CancelAllUnfreezeV2Contract: [59, OWNER],
} as const satisfies Record<string, readonly [type: number, fields: Fields]>

export type ContractName = keyof typeof CONTRACTS

/** Addresses and bytes as hex, amounts in sun (or blocks, or days). What is not named is the default. */
export type ContractValue = Record<string, string | bigint | boolean | undefined>

export interface PlayContract {
  type: ContractName
  value: ContractValue
  /** Which of the owner's permissions signed: 0 the owner's own key, 2 and up those of operators. */
  permissionId?: number
}

const TYPE_URL = 'type.googleapis.com/protocol.'

/** The bytes of `Transaction.Contract`. */
export function encodeContract({ type, value, permissionId = 0 }: PlayContract): Buffer {
  const [number, fields] = CONTRACTS[type] as readonly [number, Fields]
  const encoded = Object.entries(fields).map(([name, [field, kind]]) =>
    encodeField(field, kind, value[name])
  )
  return Buffer.concat([
    varintField(1, number),
    messageField(2, bytesField(1, Buffer.from(TYPE_URL + type)), bytesField(2, join(encoded))),
    varintField(5, permissionId),
  ])
}

function join(parts: Buffer[]): Buffer {
  return Buffer.concat(parts)
}

function encodeField(field: number, kind: Kind, value: ContractValue[string]): Buffer {
  switch (kind) {
    case 'address':
    case 'bytes':
      return bytesField(field, Buffer.from((value as string | undefined) ?? '', 'hex'))
    case 'name':
      return bytesField(field, Buffer.from((value as string | undefined) ?? ''))
    case 'resource':
      return varintField(field, Math.max(0, RESOURCES.indexOf(value as Resource)))
    case 'flag':
      return varintField(field, value ? 1 : 0)
    case 'amount':
      return varintField(field, (value as bigint | undefined) ?? 0n)
  }
}

/**
 * The contract as a node prints it: without defaults, and with `visible` addresses as base58 and
 * names as text, otherwise both as hex.
 */
export function showContract({ type, value, permissionId }: PlayContract, visible: boolean) {
  const [, fields] = CONTRACTS[type] as readonly [number, Fields]
  const shown = Object.entries(fields)
    .map(([name, [, kind]]) => [name, showField(kind, value[name], visible)] as const)
    .filter(([, member]) => member !== undefined)
  return {
    parameter: { value: Object.fromEntries(shown), type_url: TYPE_URL + type },
    type,
    ...(permissionId && { Permission_id: permissionId }),
  }
}

function showField(kind: Kind, value: ContractValue[string], visible: boolean) {
  if (!value || value === RESOURCES[0]) {
    return undefined
  }
  if (kind === 'address') return showAddress(value as string, visible)
  if (kind === 'name') return visible ? value : Buffer.from(value as string).toString('hex')
  return value
}

/** An address in hex as a node prints it. */
export function showAddress(address: string, visible: boolean): string {
  return visible ? base58Of(address) : address
}
