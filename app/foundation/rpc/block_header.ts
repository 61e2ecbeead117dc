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
 * @throws RpcFailure `lagging` when this backend does not know the block (yet), `transient` when it
 *   answered another one
 */
export async function readHeader(endpoint: Endpoint, block: number | string): Promise<BlockHeader> {
  const isByHash = isHash(block)
  const method = isByHash ? 'eth_getBlockByHash' : 'eth_getBlockByNumber'
  const reference = typeof block === 'number' ? `0x${block.toString(16)}` : block
  const header = toHeader(await endpoint.call(method, [reference, false]))

  if (!header) {
    throw new RpcFailure('lagging', `${endpoint.name} answered no block for ${block}`)
  }
  const isAnother = isByHash
    ? header.hash !== block
    : typeof block === 'number' && header.number !== block
  if (isAnother) {
    throw new RpcFailure('transient', `${endpoint.name} answered another block than ${block}`)
  }
  return header
}

const HASH = /^0x[0-9a-f]{64}$/
const QUANTITY = /^0x[0-9a-f]+$/i

/** A block or header as nodes answer it; null when it is not one. */
export function toHeader(answer: unknown): BlockHeader | null {
  const { hash, parentHash, logsBloom, ...raw } = (answer ?? {}) as Record<string, unknown>
  const number = toNumber(raw.number)
  const seconds = toNumber(raw.timestamp)
  if (number === null || seconds === null || !isHash(hash) || !isHash(parentHash)) {
    return null
  }
  return { number, hash, parentHash, time: seconds * 1000, logsBloom: logsBloom as `0x${string}` }
}

function isHash(value: unknown): value is string {
  return typeof value === 'string' && HASH.test(value)
}

/** Null for what is no hexadecimal number, or too large to be counted with. */
function toNumber(value: unknown): number | null {
  const number = typeof value === 'string' && QUANTITY.test(value) ? Number(value) : Number.NaN
  return Number.isSafeInteger(number * 1000) ? number : null
}
