import { TronDecodeError } from '#sources/tron/decode_error'
import { sha256Hex } from '#sources/tron/hashes'
import { firstField, lastInteger, Message } from '#sources/tron/protobuf'
import type { TronHash } from '#sources/tron/records'

/** A transaction as bytes: all that a proof covers. What few ask for is read when it is asked for. */
export class TronTransaction {
  /** The number of its first contract's type; null where the bytes have none. */
  readonly type: number | null
  #id: TronHash | null = null
  #contracts: TronContract[] | null = null

  /**
   * @param rawData what was signed
   * @param leaf SHA-256 of the whole transaction, the leaf of the block's root
   */
  constructor(
    readonly rawData: Buffer,
    readonly signatures: readonly Buffer[],
    readonly leaf: Buffer
  ) {
    this.type = contractTypeOf(rawData)
  }

  get id(): TronHash {
    return (this.#id ??= sha256Hex(this.rawData))
  }

  /**
   * Its contracts (`Transaction.raw` of java-tron's Tron.proto). Nodes accept one, but the format has room
   * for more.
   *
   * @throws TronDecodeError
   */
  get contracts(): readonly TronContract[] {
    return (this.#contracts ??= new Message(this.rawData).all(11).map(contractIn))
  }
}

/** What a transaction asks for, and whose permission it was signed with. */
export interface TronContract {
  /** The number in `ContractType`: by it a node decides what to do. */
  type: number
  /** The name of the message in `parameter`, without the package. */
  name: string
  parameter: Message
  permissionId: number
}

const TYPE_URL = /^type\.googleapis\.com\/protocol\.(\w+)$/

function contractIn(bytes: Buffer): TronContract {
  const contract = new Message(bytes)
  const any = new Message(contract.bytes(2))
  const url = any.bytes(1).toString('latin1')
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
}

/**
 * Read without the rest, since most transactions are none of ours. Bytes that cannot be read are no
 * stake: a node could not have carried them out.
 */
function contractTypeOf(rawData: Buffer): number | null {
  try {
    const contract = firstField(rawData, 11)
    return contract && lastInteger(contract, 1)
  } catch (error) {
    if (!(error instanceof TronDecodeError)) throw error
    return null
  }
}
