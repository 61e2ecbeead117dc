import type { Endpoint } from '#foundation/rpc/endpoint'
import { hashOfHeader } from '#foundation/rpc/header_hash'
import { RpcFailure } from '#foundation/rpc/rpc_failure'

export interface BlockHeader {
  number: number
  hash: string
  parentHash: string
  /** Epoch milliseconds. */
  time: number
  logsBloom: `0x${string}`
  /**
   * What the block's receipts have to make; null where its fields do not make its hash, so that nothing
   * stands behind them: a chain that hashes headers in another way, or an endpoint that lies.
   */
  receiptsRoot: string | null
}

/**
 * Reads a block's header by number, hash or tag.
 *
 * @throws RpcFailure `lagging` when this backend does not know the block (yet), `malformed` when it
 *   answered another one
 */
export async function readHeader(endpoint: Endpoint, block: number | string): Promise<BlockHeader> {
  const isByHash = isHash(block)
  const method = isByHash ? 'eth_getBlockByHash' : 'eth_getBlockByNumber'
  const reference = typeof block === 'number' ? `0x${block.toString(16)}` : block
  const header = headerOf(endpoint, await endpoint.call(method, [reference, false]))

  if (!header) {
    throw new RpcFailure('lagging', `${endpoint.name} answered no block for ${block}`)
  }
  const isAnother = isByHash
    ? header.hash !== block.toLowerCase()
    : typeof block === 'number' && header.number !== block
  if (isAnother) {
    throw new RpcFailure('malformed', `${endpoint.name} answered another block than ${block}`)
  }
  return header
}

/**
 * What an endpoint shows as a block or header; null when it is none. Where its headers prove themselves,
 * the bloom filter of one that does not says nothing.
 */
export function headerOf(endpoint: Endpoint, answer: unknown): BlockHeader | null {
  const { health } = endpoint
  const header = toHeader(answer)
  if (header) {
    const isProven = header.receiptsRoot !== null
    health.showedHeader(header.number, isProven)
    if (!isProven && health.provesHeaders) header.logsBloom = NO_BLOOM
    health.fillsBlooms ||= FILLED_BLOOM.test(header.logsBloom)
  }
  return header
}

const HASH = /^0x[0-9a-f]{64}$/i
const BLOOM = /^0x[0-9a-f]{512}$/i
const FILLED_BLOOM = /^0x0*[1-9a-f]/
const QUANTITY = /^0x[0-9a-f]+$/i

/** What stands for a bloom filter that is none: it says nothing. */
const NO_BLOOM = '0x'

/** A block or header as nodes answer it, its hex digits in lower case; null when it is not one. */
export function toHeader(answer: unknown): BlockHeader | null {
  const fields = (answer ?? {}) as Record<string, unknown>
  const { hash, parentHash, logsBloom, ...raw } = fields
  const number = toNumber(raw.number)
  const seconds = toNumber(raw.timestamp)
  if (number === null || !seconds || !isHash(hash) || !isHash(parentHash)) {
    return null
  }
  return {
    number,
    hash: hash.toLowerCase(),
    parentHash: parentHash.toLowerCase(),
    time: seconds * 1000,
    logsBloom: (isBloom(logsBloom) ? logsBloom.toLowerCase() : NO_BLOOM) as `0x${string}`,
    receiptsRoot:
      hashOfHeader(fields) === hash.toLowerCase() ? String(raw.receiptsRoot).toLowerCase() : null,
  }
}

function isHash(value: unknown): value is string {
  return typeof value === 'string' && HASH.test(value)
}

function isBloom(value: unknown): value is string {
  return typeof value === 'string' && BLOOM.test(value)
}

/** Null for what is no hexadecimal number, or too large to be counted with. */
function toNumber(value: unknown): number | null {
  const number = typeof value === 'string' && QUANTITY.test(value) ? Number(value) : Number.NaN
  return Number.isSafeInteger(number * 1000) ? number : null
}
