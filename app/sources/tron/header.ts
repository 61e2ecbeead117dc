import { TronDecodeError } from '#sources/tron/decode_error'
import { toAddress } from '#sources/tron/address'
import { sha256 } from '#sources/tron/hashes'
import { Message } from '#sources/tron/protobuf'
import type { TronAddress, TronHash } from '#sources/tron/records'

/** The header of a block, with the bytes that its id and its signature cover. */
export interface TronHeader {
  number: number
  /** The height and the last 24 bytes of the header's hash. */
  id: TronHash
  parentId: TronHash
  /** Epoch milliseconds. */
  timestampMs: number
  /** The account that produced the block. */
  witness: TronAddress
  transactionRoot: Buffer
  bytes: Buffer
  signature: Buffer
}

/**
 * Reads the bytes of a header (`BlockHeader.raw` of java-tron's Tron.proto). Its id is computed, so that
 * it is right whatever was told beside it.
 *
 * @throws TronDecodeError
 */
export function readHeader(bytes: Buffer, signature: Buffer): TronHeader {
  const raw = new Message(bytes)
  const number = raw.integer(7)
  const parent = raw.bytes(3)
  const transactionRoot = raw.bytes(2)
  if (number < 0 || parent.length !== 32 || transactionRoot.length !== 32) {
    throw new TronDecodeError('a block header has no number, parent or root that can be')
  }
  return {
    number,
    id: blockId(number, bytes),
    parentId: parent.toString('hex'),
    timestampMs: raw.integer(1),
    witness: toAddress(raw.bytes(9)),
    transactionRoot,
    bytes,
    signature,
  }
}

function blockId(number: number, header: Buffer): TronHash {
  const id = sha256(header)
  id.writeBigUInt64BE(BigInt(number))
  return id.toString('hex')
}
