import { RESOURCES, showAddress, type Resource } from '#demo/tron/contracts'
import type { PlayTransaction } from '#demo/tron/transaction'

/** What a transaction moved, as far as its own bytes do not say it. Amounts in sun. */
export interface Effects {
  /** Unfrozen earlier, and now paid out: by a withdrawal, or beside an unfreezing or a cancellation. */
  withdrawn?: bigint
  /** Given back to what is staked, by a cancellation. */
  cancelled?: Record<Resource, bigint>
  /** Paid out by an unfreezing of stake 1.0. */
  unfrozen?: bigint
  fee?: bigint
  /** Why a call of a contract failed. */
  failure?: string
  /** Calls that a contract made: what it staked or delegated stands here alone. */
  internal?: { caller: string; to: string; note: string }[]
}

export interface TransactionInfo extends Effects {
  id: string
  blockNumber: number
  /** Epoch milliseconds. */
  blockTimestamp: number
  contractAddress?: string
}

export function infoOf(
  { id, raw }: PlayTransaction,
  block: { number: number; timestamp: number },
  effects: Effects
): TransactionInfo {
  const contractAddress = raw.contract.value.contract_address as string | undefined
  return {
    id,
    blockNumber: block.number,
    blockTimestamp: block.timestamp,
    ...(contractAddress && { contractAddress }),
    ...effects,
  }
}

/** The info as a node prints it. */
export function showInfo(info: TransactionInfo, visible: boolean) {
  const { fee, failure, withdrawn, unfrozen, cancelled, internal, contractAddress } = info
  return {
    id: info.id,
    ...(fee && { fee }),
    blockNumber: info.blockNumber,
    blockTimeStamp: info.blockTimestamp,
    contractResult: [''],
    ...(contractAddress && { contract_address: showAddress(contractAddress, visible) }),
    receipt: {
      net_usage: 268,
      ...(contractAddress && { result: failure ? 'REVERT' : 'SUCCESS' }),
    },
    ...(failure && { result: 'FAILED', resMessage: Buffer.from(failure).toString('hex') }),
    ...(unfrozen && { unfreeze_amount: unfrozen }),
    ...(internal && {
      internal_transactions: internal.map(({ caller, to, note }) => ({
        caller_address: showAddress(caller, visible),
        transferTo_address: showAddress(to, visible),
        callValueInfo: [{}],
        note: Buffer.from(note).toString('hex'),
      })),
    }),
    ...(withdrawn && { withdraw_expire_amount: withdrawn }),
    ...(cancelled && { cancel_unfreezeV2_amount: showMap(cancelled) }),
  }
}

/** A map of protobuf is printed as an array: all three resources, zeros too, in no order to rely on. */
function showMap(amounts: Record<Resource, bigint>) {
  return RESOURCES.toReversed().map((key) => ({ key, value: amounts[key] }))
}
