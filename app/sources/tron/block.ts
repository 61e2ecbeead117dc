import { TronDecodeError } from '#sources/tron/decode_error'
import { readHeader, type TronHeader } from '#sources/tron/header'
import { sha256 } from '#sources/tron/hashes'
import { Message } from '#sources/tron/protobuf'
import { encodeVarint } from '#sources/tron/protobuf_writer'
import { isRootRight } from '#sources/tron/prove_block'
import { readStake, type BlockStake } from '#sources/tron/read_stake'
import type { TronHash } from '#sources/tron/records'
import { contractTypeOf, type TronTransaction } from '#sources/tron/transaction'

/** A block as an endpoint gave it: what its bytes hold, and what they prove. */
export interface GivenBlock {
  header: TronHeader
  txCount: number
  /**
   * Whether the listed transactions are those that the header names. Where JSON has lost bytes they
   * are not, though nothing is wrong.
   */
  isProven: boolean
  /** Of what was signed, and of who signed it: results are what JSON loses bytes of. */
  signedHash: TronHash
  stake: BlockStake
  /** What the answer's own decoding contradicts its bytes in; null where it does not, or has none. */
  contradiction: string | null
}

/** Reads and proves a block whose bytes are known. */
export function givenBlock(
  header: TronHeader,
  transactions: readonly TronTransaction[],
  contradiction: string | null = null
): GivenBlock {
  return {
    header,
    txCount: transactions.length,
    isProven: isRootRight(header, transactions),
    signedHash: sha256(...transactions.flatMap(signedParts)).toString('hex'),
    stake: readStake(transactions),
    contradiction,
  }
}

/** With lengths, so that no other transactions are written the same. */
function signedParts({ rawData, signatures }: TronTransaction): Buffer[] {
  const parts = [rawData, ...signatures].flatMap((part) => [encodeVarint(part.length), part])
  return [encodeVarint(signatures.length), ...parts]
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
  return givenBlock(
    readHeader(header.bytes(1), header.bytes(2)),
    block.all(1).map((wrapped) => readTransaction(new Message(wrapped).bytes(1)))
  )
}

/**
 * Reads the bytes of a transaction as the network passes them on.
 *
 * @throws TronDecodeError
 */
export function readTransaction(bytes: Buffer): TronTransaction {
  const transaction = new Message(bytes)
  const [rawData] = transaction.all(1)
  if (!rawData) {
    throw new TronDecodeError('a transaction has no raw data')
  }
  const leaf = sha256(bytes)
  return { rawData, signatures: transaction.all(2), leaf, type: contractTypeOf(rawData) }
}
