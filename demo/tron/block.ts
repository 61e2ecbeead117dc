import { showAddress } from '#demo/tron/contracts'
import { sha256, type Parity, type PlayKey } from '#demo/tron/keys'
import { encodeTransaction, showTransaction, type PlayTransaction } from '#demo/tron/transaction'
import type { TransactionInfo } from '#demo/tron/transaction_info'
import { bytesField, messageField, varintField } from '#demo/tron/wire'

/** What a witness signs, besides the root of the transactions. */
export interface BlockPlace {
  number: number
  /** Epoch milliseconds. */
  timestamp: number
  /** Hex. */
  parentId: string
  witnessAddress: string
}

export interface PlayBlock extends BlockPlace {
  /** Hex: the height in 8 bytes, and the last 24 of the header's hash. */
  id: string
  transactionRoot: Buffer
  /** Empty for the first block. */
  signature: Buffer
  transactions: PlayTransaction[]
  /** One for each transaction, in the same order. No root covers them. */
  infos: TransactionInfo[]
}

/** Of the headers' own format, not of the node. */
const VERSION = 32

/** Makes a block of what stands in it: its root, its signature and its id. */
export function sealBlock(
  { number, timestamp, parentId, witnessAddress }: BlockPlace,
  { transactions, infos }: Pick<PlayBlock, 'transactions' | 'infos'>,
  signer?: { key: PlayKey; parity: Parity }
): PlayBlock {
  const transactionRoot = rootOf(transactions)
  const header = { number, timestamp, parentId, witnessAddress, transactionRoot }
  const digest = sha256(encodeHeader(header))
  const signature = signer?.key.sign(digest, signer.parity) ?? Buffer.alloc(0)
  const height = Buffer.alloc(8)
  height.writeBigUInt64BE(BigInt(number))
  const id = Buffer.concat([height, digest.subarray(8)]).toString('hex')
  return { ...header, transactions, infos, signature, id }
}

/** The bytes of `BlockHeader.raw`, whose SHA-256 is signed and, but for its first 8 bytes, the id. */
export function encodeHeader(header: BlockPlace & { transactionRoot: Buffer }): Buffer {
  return Buffer.concat([
    varintField(1, header.timestamp),
    bytesField(2, header.transactionRoot),
    bytesField(3, Buffer.from(header.parentId, 'hex')),
    varintField(7, header.number),
    bytesField(9, Buffer.from(header.witnessAddress, 'hex')),
    varintField(10, header.number === 0 ? 0 : VERSION),
  ])
}

/** The root of a tree of SHA-256 over the transactions' bytes. An odd one goes up as it is. */
function rootOf(transactions: PlayTransaction[]): Buffer {
  let level = transactions.map((transaction) => sha256(encodeTransaction(transaction)))
  while (level.length > 1) {
    const above: Buffer[] = []
    for (let i = 0; i < level.length; i += 2) {
      const [left, right] = [level[i]!, level[i + 1]]
      above.push(right ? sha256(Buffer.concat([left, right])) : left)
    }
    level = above
  }
  return level[0] ?? Buffer.alloc(32)
}

/** The block as a node prints it: an empty one has no `transactions`, the first one no number. */
export function showBlock(block: PlayBlock, visible: boolean) {
  const { transactions } = block
  return {
    ...showHeader(block, visible),
    ...(transactions.length > 0 && {
      transactions: transactions.map((transaction) => showTransaction(transaction, visible)),
    }),
  }
}

/** The block without its transactions. */
export function showHeader(block: PlayBlock, visible: boolean) {
  const { id, number, timestamp, transactionRoot, parentId, witnessAddress, signature } = block
  const isFirst = number === 0
  return {
    blockID: id,
    block_header: {
      raw_data: {
        ...(!isFirst && { number }),
        txTrieRoot: transactionRoot.toString('hex'),
        witness_address: isFirst ? witnessAddress : showAddress(witnessAddress, visible),
        parentHash: parentId,
        ...(!isFirst && { version: VERSION, timestamp }),
      },
      ...(!isFirst && { witness_signature: signature.toString('hex') }),
    },
  }
}

/** The bytes of `BlockExtention`, as gRPC hands the block out. */
export function encodeBlockExtention(block: PlayBlock): Buffer {
  const transactions = block.transactions.map((transaction) =>
    messageField(
      1,
      messageField(1, encodeTransaction(transaction)),
      bytesField(2, Buffer.from(transaction.id, 'hex')),
      messageField(4, varintField(1, 1))
    )
  )
  const header = [messageField(1, encodeHeader(block)), bytesField(2, block.signature)]
  return Buffer.concat([
    ...transactions,
    messageField(2, ...header),
    bytesField(3, Buffer.from(block.id, 'hex')),
  ])
}
