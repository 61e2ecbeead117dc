import { DEFAULT_LOCK_BLOCKS, stakeAction, type StakeAction } from '#sources/tron/stake_contracts'
import type { TronTransaction } from '#sources/tron/transaction'
import type { JsonObject } from '#sources/tron/json'

/** A contract as a node has decoded it beside the bytes. */
export interface DecodedContract {
  type: string
  permissionId: number
  value: JsonObject
}

/**
 * What a node's decoding of a transaction that is stake, or that it calls stake, contradicts the bytes
 * in; null where they say the same. A node can tell anything there without breaking a hash.
 */
export function contradictionOf(
  { contracts }: TronTransaction,
  decoded: DecodedContract[]
): string | null {
  if (contracts.length !== decoded.length) {
    return 'another number of contracts'
  }
  for (const [index, contract] of contracts.entries()) {
    const { type, permissionId, value } = decoded[index]!
    if (contract.name !== type) return 'another type'
    if (contract.permissionId !== permissionId) return 'another permission'

    const action = stakeAction(contract)
    const difference = action && FIELDS.find((field) => differs(field, action, value))
    if (difference) return `another ${difference.name}`
  }
  return null
}

interface Field {
  name: string
  inBytes: (action: StakeAction) => string
  /** What JSON leaves out has its default. */
  inJson: (value: JsonObject, action: StakeAction) => string
}

const FIELDS: Field[] = [
  {
    name: 'owner',
    inBytes: ({ owner }) => owner,
    inJson: ({ owner_address: owner = '' }) => String(owner),
  },
  {
    name: 'receiver',
    inBytes: ({ receiver }) => receiver ?? '',
    inJson: ({ receiver_address: receiver = '' }) => String(receiver),
  },
  {
    name: 'resource',
    inBytes: ({ resource }) => resource ?? '',
    inJson: ({ resource = 'BANDWIDTH' }, action) => (action.resource ? String(resource) : ''),
  },
  {
    name: 'amount',
    inBytes: ({ amountSun }) => String(amountSun ?? 0n),
    inJson: (value) => String(value.frozen_balance ?? value.unfreeze_balance ?? value.balance ?? 0),
  },
  {
    name: 'lock',
    inBytes: ({ lockBlocks }) => String(lockBlocks),
    inJson: ({ lock, lock_period: blocks }) => String(lock ? blocks || DEFAULT_LOCK_BLOCKS : null),
  },
]

function differs({ inBytes, inJson }: Field, action: StakeAction, value: JsonObject): boolean {
  return inBytes(action) !== inJson(value, action)
}
