import { TronDecodeError } from '#sources/tron/decode_error'
import { readHeader, type TronHeader } from '#sources/tron/header'
import { sha256, sha256Hex } from '#sources/tron/hashes'
import { Message } from '#sources/tron/protobuf'
import { writeMessage, type Field } from '#sources/tron/protobuf_writer'
import { isRootRight } from '#sources/tron/prove_block'
import { readStake, type BlockStake } from '#sources/tron/read_stake'
import type { TronHash } from '#sources/tron/records'
import { TronTransaction } from '#sources/tron/transaction'

/** A block as an endpoint gave it: what its bytes hold, and what they prove. */
export interface GivenBlock {
  header: TronHeader
  txCount: number
  /**
   * Whether the listed transactions are those that the header names. Where JSON has lost bytes they
   * are not, though nothing is wrong.
   */
  isProven: boolean
  /** Of what was signed and its signatures: results are what JSON loses bytes of. */
  signedHash: TronHash
  stake: BlockStake
  /** What the answer's own decoding contradicts its bytes in; null where it does not, or has none. */
  contradiction: string | null
}

/** Reads and proves a block whose bytes are known. */
export function givenBlock(
  header: TronHeader,
  { transactions, signed }: BlockTransactions,
  contradiction: string | null = null
): GivenBlock {
  return {
    header,
    txCount: transactions.length,
    isProven: isRootRight(header, transactions),
    signedHash: sha256Hex(signed),
    stake: readStake(transactions),
    contradiction,
  }
}

/** The transactions of a block in order. */
export interface BlockTransactions {
  transactions: readonly TronTransaction[]
  /** All of them one after the other, without their results. */
  signed: Buffer
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
  const transactions = block.all(1).map((wrapped) => readTransaction(new Message(wrapped).bytes(1)))
  const signed = Buffer.concat(transactions.map(withoutResults))
  return givenBlock(readHeader(header.bytes(1), header.bytes(2)), { transactions, signed })
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
  return new TronTransaction(rawData, transaction.all(2), sha256(bytes))
}

function withoutResults({ rawData, signatures }: TronTransaction): Buffer {
  return writeMessage([[1, rawData], ...signatures.map((each): Field => [2, each])])
}
