import { hashOfHeader } from '#foundation/rpc/header_hash'
import { rootOfReceipts } from '#foundation/rpc/receipts_root'
import type { ChainLog } from '#sources/facts'
import { bloomOf } from '#tests/support/chain/bloom_of'

const NOTHING = `0x${'0'.repeat(64)}`

export interface TestBlock {
  number: number
  hash: `0x${string}`
  parentHash: `0x${string}`
  /** Unix seconds. */
  timestamp: number
  logsBloom: `0x${string}`
  /** Null where the block is not sealed. */
  receiptsRoot: `0x${string}` | null
  /** What makes two blocks of one place differ. */
  state: `0x${string}`
  logs: ChainLog[]
}

/** Everything of a block that its hash is made of. */
type Header = Omit<TestBlock, 'hash' | 'logs'>

/** The hash of a block, as a node reckons it. */
export function hashOfBlock(block: Header): `0x${string}` {
  return hashOfHeader(headerFields(block))!
}

/** The header of a block as nodes answer it, without its hash. One that is not sealed tells what is read. */
export function headerFields(block: Header) {
  const { number, parentHash, timestamp, logsBloom, receiptsRoot, state } = block
  const told = { number: hex(number), parentHash, timestamp: hex(timestamp), logsBloom }
  if (receiptsRoot === null) {
    return told
  }
  return {
    ...told,
    receiptsRoot,
    stateRoot: state,
    transactionsRoot: NOTHING,
    sha3Uncles: NOTHING,
    mixHash: NOTHING,
    miner: NOTHING.slice(0, 42),
    nonce: NOTHING.slice(0, 18),
    difficulty: '0x2',
    gasLimit: hex(55_000_000),
    gasUsed: '0x0',
    extraData: '0x',
  }
}

const EMPTY_ROOT = rootOfReceipts([])!

export function receiptsRootOf(logs: ChainLog[]): `0x${string}` {
  return logs.length === 0 ? EMPTY_ROOT : rootOfReceipts(receiptsOf(logs))!
}

/** One receipt for each transaction of a block that has logs. */
export function receiptsOf(logs: ChainLog[]) {
  const transactions = Map.groupBy(logs, ({ transactionHash }) => transactionHash)
  return [...transactions].map(([transactionHash, ofIt], at) => ({
    transactionHash,
    type: '0x0',
    status: '0x1',
    cumulativeGasUsed: hex(50_000 * (at + 1)),
    logsBloom: bloomOf(ofIt.flatMap(({ address, topics }) => [address, ...topics])),
    logs: ofIt.map(rawLog),
  }))
}

/** A log as nodes answer it. */
export function rawLog(log: ChainLog) {
  return {
    address: log.address,
    topics: log.topics,
    data: log.data,
    blockNumber: hex(log.blockNumber),
    blockHash: log.blockHash,
    blockTimestamp: hex(log.blockTime / 1000),
    transactionHash: log.transactionHash,
    logIndex: hex(log.logIndex),
    removed: false,
  }
}

function hex(number: number) {
  return `0x${number.toString(16)}`
}
