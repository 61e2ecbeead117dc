import { bytesOfHex, bytesOfQuantity, encodeRlp } from '#foundation/rpc/rlp'
import { rootOfList } from '#foundation/rpc/trie_root'

/** What a receipt tells that is in the root; hex digits as nodes answer them. */
interface RawReceipt {
  type?: string
  status: string
  cumulativeGasUsed: string
  logsBloom: string
  logs: { address: string; topics: string[]; data: string }[]
}

/** Kinds of transactions whose receipts are hashed like all others (EIP-2718, 2930, 1559, 4844, 7702). */
const NEWEST_TYPE = 4

/**
 * The root that the receipts of a block make, as its header has to name it: it stands for every log,
 * its place among the others included, but not for the hashes of transactions.
 *
 * @param receipts all of them, in the order of the block's transactions
 * @returns null where one is of a kind that is not known, or is none
 */
export function rootOfReceipts(receipts: readonly unknown[]): `0x${string}` | null {
  try {
    const encoded = receipts.map((receipt) => encode(receipt as RawReceipt))
    return encoded.includes(null) ? null : rootOfList(encoded as Uint8Array[])
  } catch {
    // What RLP does not take is no receipt.
    return null
  }
}

function encode({ type, status, cumulativeGasUsed, logsBloom, logs }: RawReceipt) {
  const kind = Number(type ?? 0)
  if (!(kind <= NEWEST_TYPE)) {
    return null
  }
  const payload = encodeRlp([
    bytesOfQuantity(status),
    bytesOfQuantity(cumulativeGasUsed),
    bytesOfHex(logsBloom),
    logs.map(({ address, topics, data }) => [
      bytesOfHex(address),
      topics.map(bytesOfHex),
      bytesOfHex(data),
    ]),
  ])
  return kind === 0 ? payload : Buffer.concat([Buffer.of(kind), payload])
}
