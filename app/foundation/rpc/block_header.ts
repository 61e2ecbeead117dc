import type { Endpoint } from '#foundation/rpc/endpoint'
import { RpcFailure } from '#foundation/rpc/rpc_failure'

export interface BlockHeader {
  number: number
  hash: string
  parentHash: string
  /** Epoch milliseconds. */
  time: number
  logsBloom: `0x${string}`
}

/**
 * Reads a block's header by number, hash or tag.
 *
 * @throws RpcFailure `lagging` when this backend does not know the block (yet)
 */
export async function readHeader(endpoint: Endpoint, block: number | string): Promise<BlockHeader> {
  const isHash = typeof block === 'string' && block.length === 66
  const method = isHash ? 'eth_getBlockByHash' : 'eth_getBlockByNumber'
  const reference = typeof block === 'number' ? `0x${block.toString(16)}` : block
  const header = toHeader(await endpoint.call(method, [reference, false]))

  if (!header) {
    throw new RpcFailure('lagging', `${endpoint.name} answered no block for ${block}`)
  }
  return header
}

/** A block or header as nodes answer it; null when it is not one. */
export function toHeader(answer: unknown): BlockHeader | null {
  const raw = answer as Record<string, string> | null
  if (!raw?.hash || !raw.number || !raw.timestamp || !raw.parentHash) {
    return null
  }
  return {
    number: Number(raw.number),
    hash: raw.hash,
    parentHash: raw.parentHash,
    time: Number(raw.timestamp) * 1000,
    logsBloom: raw.logsBloom as `0x${string}`,
  }
}
