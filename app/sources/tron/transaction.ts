import { TronDecodeError } from '#sources/tron/decode_error'
import { firstField, Message } from '#sources/tron/protobuf'

/** A transaction as bytes: all that a proof covers. */
export interface TronTransaction {
  /** What was signed; the transaction's id is its SHA-256. */
  rawData: Buffer
  signatures: Buffer[]
  /** The number of its first contract's type; null where the bytes have none. */
  type: number | null
  /** SHA-256 of the whole transaction, the leaf of the block's root. */
  leaf: Buffer
}

/** What a transaction asks for: its contract, and whose permission it was signed with. */
export interface TronContract {
  /** The number in `ContractType`: by it a node decides what to do. */
  type: number
  /** The name of the message in `parameter`, without the package. */
  name: string
  parameter: Message
  permissionId: number
}

const TYPE_URL = /^type\.googleapis\.com\/protocol\.(\w+)$/

/**
 * The contracts of a transaction (`Transaction.raw` of java-tron's Tron.proto). Nodes accept one, but the
 * format has room for more.
 *
 * @throws TronDecodeError
 */
export function readContracts(rawData: Buffer): TronContract[] {
  const known = read.get(rawData)
  if (known) {
    return known
  }
  const contracts = decodeContracts(rawData)
  read.set(rawData, contracts)
  return contracts
}

/** The same are read to compare them with a node's decoding, and again to make records. */
const read = new WeakMap<Buffer, TronContract[]>()

function decodeContracts(rawData: Buffer): TronContract[] {
  return new Message(rawData).all(11).map((bytes) => {
    const contract = new Message(bytes)
    const any = new Message(contract.bytes(2))
    const url = any.bytes(1).toString()
    const name = TYPE_URL.exec(url)?.[1]
    if (!name) {
      throw new TronDecodeError('a contract has no type that is known')
    }
    return {
      type: contract.integer(1),
      name,
      parameter: new Message(any.bytes(2)),
      permissionId: contract.integer(5),
    }
  })
}

/**
 * The number of the first contract's type, or null where the bytes have none: read without the rest,
 * since most transactions are none of ours. Bytes that cannot be read are no stake: a node could not have
 * carried them out.
 */
export function contractTypeOf(rawData: Buffer): number | null {
  try {
    const contract = firstField(rawData, 11)
    return contract && new Message(contract).integer(1)
  } catch (error) {
    if (!(error instanceof TronDecodeError)) throw error
    return null
  }
}
