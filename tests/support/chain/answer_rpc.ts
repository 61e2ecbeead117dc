import type { ChainLog } from '#sources/facts'
import { headerFields, rawLog, receiptsOf, type TestBlock } from '#tests/support/chain/sealed_block'
import type { TestChain } from '#tests/support/chain/test_chain'

export interface RpcCall {
  method: string
  params: unknown[]
}

export type RpcReply = { result: unknown } | { error: { code: number; message: string } }

interface LogsQuery {
  address: string[]
  topics: [string[]]
  blockHash?: string
  fromBlock?: string
  toBlock?: string
}

/** What a node that is `lag` blocks behind answers. */
export function answerRpc(chain: TestChain, chainId: number, call: RpcCall, lag = 0): RpcReply {
  const head = Math.max(0, chain.head.number - lag)
  const isVisible = (block: TestBlock | undefined) => block !== undefined && block.number <= head

  switch (call.method) {
    case 'eth_chainId':
      return { result: hex(chainId) }
    case 'eth_blockNumber':
      return { result: hex(head) }
    case 'eth_getBlockByNumber': {
      const block = blockAt(chain, String(call.params[0]), head)
      return { result: isVisible(block) ? rawBlock(block!) : null }
    }
    case 'eth_getBlockByHash': {
      const block = chain.known.get(String(call.params[0]))
      return { result: isVisible(block) ? rawBlock(block!) : null }
    }
    case 'eth_getLogs':
      return answerLogs(chain, call.params[0] as LogsQuery, head)
    case 'eth_getBlockReceipts': {
      const block = chain.known.get(String(call.params[0]))
      return { result: isVisible(block) ? receiptsOf(block!.logs) : null }
    }
    case 'eth_call':
      return { result: '0x' }
    default:
      return { error: { code: -32601, message: `the method ${call.method} does not exist` } }
  }
}

function answerLogs(chain: TestChain, query: LogsQuery, head: number): RpcReply {
  const matches = (log: ChainLog) =>
    query.address.includes(log.address) && query.topics[0].includes(log.topics[0]!)

  if (query.blockHash) {
    const block = chain.known.get(query.blockHash)
    if (!block || block.number > head) {
      return { error: { code: -32000, message: 'unknown block' } }
    }
    return { result: block.logs.filter(matches).map((log) => rawLog(log)) }
  }

  const [from, to] = [Number(query.fromBlock), Number(query.toBlock)]
  const blocks = chain.blocks.slice(from, Math.min(to, head) + 1)
  return {
    result: blocks
      .flatMap(({ logs }) => logs)
      .filter(matches)
      .map((log) => rawLog(log)),
  }
}

function blockAt(chain: TestChain, reference: string, head: number): TestBlock | undefined {
  if (reference === 'latest') {
    return chain.blocks[head]
  }
  if (reference === 'finalized') {
    return chain.blocks[Math.max(0, head - chain.finalityDepth)]
  }
  return chain.blocks[Number(reference)]
}

/** A block as nodes answer and announce it. */
export function rawBlock(block: TestBlock) {
  return { ...headerFields(block), hash: block.hash }
}

function hex(number: number) {
  return `0x${number.toString(16)}`
}
