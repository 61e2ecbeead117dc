import { TronDecodeError } from '#sources/tron/decode_error'
import { readHeader, type TronHeader } from '#sources/tron/header'
import { sha256 } from '#sources/tron/hashes'
import { Message } from '#sources/tron/protobuf'
import type { TronTransaction } from '#sources/tron/transaction'

/** A block as an endpoint gave it, read back into bytes. */
export interface GivenBlock {
  header: TronHeader
  transactions: TronTransaction[]
  /** What the answer's own decoding contradicts its bytes in; null where it does not, or has none. */
  contradiction: string | null
}

/**
 * Reads a block as gRPC answers it: a `BlockExtention`, where each transaction is wrapped with its id.
 * These are the bytes of the network, so that a root can always be computed.
 *
 * @throws TronDecodeError
 */
export function readBlockExtention(bytes: Buffer): GivenBlock {
  const block = new Message(bytes)
  const header = new Message(block.bytes(2))
  return {
    header: readHeader(header.bytes(1), header.bytes(2)),
    transactions: block.all(1).map((wrapped) => readTransaction(new Message(wrapped).bytes(1))),
    contradiction: null,
  }
}

/**
 * Reads the bytes of a transaction as the network passes them on.
 *
 * @throws TronDecodeError
 */
function readTransaction(bytes: Buffer): TronTransaction {
  const transaction = new Message(bytes)
  const [rawData] = transaction.all(1)
  if (!rawData) {
    throw new TronDecodeError('a transaction has no raw data')
  }
  return { rawData, signatures: transaction.all(2), leaf: sha256(bytes) }
}
