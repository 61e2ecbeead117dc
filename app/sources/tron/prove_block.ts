import { merkleRoot } from '#sources/tron/hashes'
import type { TronHeader } from '#sources/tron/header'
import type { TronAddress } from '#sources/tron/records'
import type { Signers } from '#sources/tron/signatures'
import type { TronTransaction } from '#sources/tron/transaction'

/**
 * Whether the listed transactions are those that the header names: the root over them is the one in
 * the header. Where JSON has lost bytes it is not, though nothing is wrong.
 */
export function isRootRight(header: TronHeader, transactions: readonly TronTransaction[]): boolean {
  return merkleRoot(transactions.map(({ leaf }) => leaf)).equals(header.transactionRoot)
}

/**
 * The account whose key signed a header: the witness itself, or the key of its witness permission. Null
 * where the signature is none.
 */
export function headerSigner(signers: Signers, header: TronHeader): Promise<TronAddress | null> {
  return signers.signerOf(header.bytes, header.signature, header.witness)
}
