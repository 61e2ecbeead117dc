import type { Hash } from 'viem'

/** A transaction as nodes answer it. */
export interface RawTransaction {
  hash: Hash
  from: string
  to: string | null
  value: string
  nonce: string
}

export interface RawReceipt {
  status: string
  gasUsed: string
  effectiveGasPrice: string
}

/** What a transaction moved to its receiver, in wei: nothing when it failed. */
export function moved({ value }: RawTransaction, { status }: RawReceipt): bigint {
  return status === '0x1' ? BigInt(value) : 0n
}

/** What a transaction took out of the account that sent it, in wei, its fee included. */
export function takenOut(transaction: RawTransaction, receipt: RawReceipt): bigint {
  const fee = BigInt(receipt.gasUsed) * BigInt(receipt.effectiveGasPrice)
  const isToItself = transaction.to?.toLowerCase() === transaction.from.toLowerCase()
  return isToItself ? fee : fee + moved(transaction, receipt)
}
