import { readHeader, type BlockHeader } from '#foundation/rpc/block_header'
import type { Endpoint } from '#foundation/rpc/endpoint'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import type { ChainLog } from '#sources/facts'
import { bloomVerdict } from '#collectors/evm/bloom'
import { logsOf, type LogFilter } from '#collectors/evm/get_logs'
import { parseLogs, type TimelessLog } from '#collectors/evm/parse_logs'
import { rootOfReceipts } from '#foundation/rpc/receipts_root'

/** The logs of a block that its receipts hold. */
export interface ReceiptLogs {
  logs: ChainLog[]
  /** The receipts make the root in the header, whose hash is that of its fields: these are the logs. */
  isRooted: boolean
}

/**
 * Reads the logs of a block from its receipts, which nodes keep apart from what `eth_getLogs` looks
 * into. The answer holds all logs of the block, so it is large: some 500 kB on BSC.
 *
 * @throws RpcFailure `permanent` where the endpoint does not serve receipts, `malformed` when they do
 *   not make the root that the header names
 */
export async function readReceipts(
  endpoint: Endpoint,
  header: BlockHeader,
  { address, topics }: LogFilter
): Promise<ReceiptLogs> {
  const receipts = await receiptsOf(endpoint, header)
  const raw = receipts.flatMap((receipt) => (receipt as { logs?: unknown[] } | null)?.logs ?? [])
  const logs = parseLogs(endpoint, raw)
  const isRooted = isRootOf(endpoint, header, receipts)
  if (isRooted && logs.some(({ logIndex }, place) => logIndex !== place)) {
    const words = `${endpoint.name} numbered the logs of block ${header.number} in another way`
    throw new RpcFailure('misnumbered', words)
  }
  if (isRooted && !areTransactionsApart(receipts)) {
    const words = `${endpoint.name} mixed up the transactions of block ${header.number}`
    throw new RpcFailure('malformed', words)
  }
  const isAskedFor = (log: TimelessLog) =>
    address.includes(log.address) && topics[0].includes(log.topics[0]!)
  return { logs: logsOf(endpoint, header, logs.filter(isAskedFor)), isRooted }
}

async function receiptsOf(endpoint: Endpoint, { hash, number }: BlockHeader): Promise<unknown[]> {
  try {
    const receipts = await endpoint.call('eth_getBlockReceipts', [hash])
    if (Array.isArray(receipts)) return receipts
  } catch (error) {
    if (error instanceof RpcFailure && error.kind === 'permanent') {
      endpoint.health.servesReceipts = false
    }
    throw error
  }
  throw new RpcFailure('lagging', `${endpoint.name} answered no receipts of ${number}`)
}

/** False where nothing can be told: the root is not known, or a receipt of a new kind is among them. */
function isRootOf(endpoint: Endpoint, header: BlockHeader, receipts: unknown[]): boolean {
  const root = header.receiptsRoot === null ? null : rootOfReceipts(receipts)
  if (root !== null && root !== header.receiptsRoot) {
    const words = `receipts that block ${header.number} does not have`
    throw new RpcFailure('malformed', `${endpoint.name} answered ${words}`)
  }
  return root !== null
}

/**
 * Whether the logs of a receipt name one transaction, which no other receipt's do. The root says which logs
 * are one receipt's, so which belong together is proven then, whatever hash they name.
 */
function areTransactionsApart(receipts: unknown[]): boolean {
  const known = new Set<string>()
  return receipts.every((receipt) => {
    const { logs } = receipt as { logs: { transactionHash: string }[] }
    const [hash, ...others] = new Set(logs.map((log) => log.transactionHash.toLowerCase()))
    const isApart = others.length === 0 && !known.has(hash!)
    if (hash) known.add(hash)
    return isApart
  })
}

/** Blocks whose receipts are read for one answer: some 8 MB on BSC. */
const BLOCKS_AT_ONCE = 16

/**
 * Reads the logs of a range of blocks, both ends included, from the receipts of each block: much slower
 * than `eth_getLogs`, for an endpoint whose answer to that cannot be used.
 *
 * @throws RpcFailure `range` when these are too many blocks at once
 */
export async function readReceiptsOfRange(
  endpoint: Endpoint,
  from: number,
  to: number,
  filter: LogFilter
): Promise<ChainLog[]> {
  if (to - from + 1 > BLOCKS_AT_ONCE) {
    endpoint.health.spanWasTooWide(2 * BLOCKS_AT_ONCE)
    throw new RpcFailure('range', `receipts are read of ${BLOCKS_AT_ONCE} blocks at once`)
  }
  const logs: ChainLog[] = []
  for (let number = from; number <= to; number++) {
    const header = await readHeader(endpoint, number)
    if (bloomVerdict(header.logsBloom, filter, filter) !== 'none') {
      const { logs: ofBlock } = await readReceipts(endpoint, header, filter)
      logs.push(...ofBlock)
    }
  }
  return logs
}
