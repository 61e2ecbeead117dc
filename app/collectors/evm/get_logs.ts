import type { Source } from '#sources/define_source'
import type { ChainLog } from '#sources/facts'
import { readHeader, type BlockHeader } from '#foundation/rpc/block_header'
import type { Endpoint } from '#foundation/rpc/endpoint'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import { mayHoldLog } from '#collectors/evm/bloom'
import { parseLogs, type TimelessLog } from '#collectors/evm/parse_logs'

/** The `eth_getLogs` filter that one call needs for all sources of a chain. */
export interface LogFilter {
  address: string[]
  topics: [string[]]
}

export function logFilterFor(sources: readonly Source[]): LogFilter {
  const contracts = sources.flatMap((source) => source.contracts)
  const topics = contracts.flatMap(({ events }) => events.map((event) => event.topic0))

  return {
    address: [...new Set(contracts.map(({ address }) => address))],
    topics: [[...new Set(topics)]],
  }
}

/**
 * Reads the logs of exactly this block. Asked by hash, a backend that does not know the block
 * says so instead of answering an empty list (EIP-234). Gateways that know only ranges are asked by
 * number.
 *
 * @throws RpcFailure
 */
export async function readLogsOfBlock(
  endpoint: Endpoint,
  header: BlockHeader,
  filter: LogFilter
): Promise<ChainLog[]> {
  const logs = endpoint.health.servesHashes
    ? await readLogsByHash(endpoint, header, filter)
    : await readLogsByNumber(endpoint, header, filter)
  return logsOf(endpoint, header, logs)
}

/** Failures by hash in a row after which a call by number shows whether it is the hash that is refused. */
const HASH_FAILURES = 2

/** A block so far below the endpoint's own head is not unknown to it because it lags. */
const CERTAINLY_REACHED = 20

async function readLogsByHash(endpoint: Endpoint, header: BlockHeader, filter: LogFilter) {
  try {
    const logs = await readLogs(endpoint, { ...filter, blockHash: header.hash }, 1)
    endpoint.health.hashWorked()
    return logs
  } catch (error) {
    if (!(error instanceof RpcFailure) || !mayRefuseHashes(endpoint, header, error)) {
      throw error
    }
    const logs = await readLogsByNumber(endpoint, header, filter)
    endpoint.health.servesHashes = false
    return logs
  }
}

/**
 * Gateways refuse what they do not know in many words. Where the words leave it open, what helps decides:
 * a hash that fails twice where the number is answered.
 */
function mayRefuseHashes({ health }: Endpoint, header: BlockHeader, failure: RpcFailure): boolean {
  if (failure.kind === 'permanent') {
    return true
  }
  const isLagging = failure.kind === 'lagging' && health.head < header.number + CERTAINLY_REACHED
  return !isLagging && !failure.retryAfterMs && health.hashFailed() >= HASH_FAILURES
}

/** A backend that has not got there answers an empty list: it has to show the block after that. */
async function readLogsByNumber(endpoint: Endpoint, header: BlockHeader, filter: LogFilter) {
  const logs = await readLogsOfRange(endpoint, header.number, header.number, filter)
  const shown = await readHeader(endpoint, header.number)
  if (shown.hash !== header.hash) {
    const words = `${endpoint.name} shows another block ${header.number}`
    throw new RpcFailure('lagging', words)
  }
  return logs
}

/** @throws RpcFailure when some cannot be of this block */
export function logsOf(endpoint: Endpoint, header: BlockHeader, logs: TimelessLog[]): ChainLog[] {
  return logs.map((log) => {
    if (log.blockHash !== header.hash) {
      throw new RpcFailure('transient', `${endpoint.name} answered logs of another block`)
    }
    if (!mayHoldLog(header.logsBloom, log)) {
      const words = `a log that the bloom filter of block ${header.number} rules out`
      throw new RpcFailure('transient', `${endpoint.name} answered ${words}`)
    }
    return { ...log, blockTime: header.time }
  })
}

/**
 * Reads the logs of a range of blocks, both ends included.
 *
 * @throws RpcFailure
 */
export async function readLogsOfRange(
  endpoint: Endpoint,
  from: number,
  to: number,
  filter: LogFilter
): Promise<TimelessLog[]> {
  const range = { fromBlock: hex(from), toBlock: hex(to) }
  const logs = await readLogs(endpoint, { ...filter, ...range }, to - from + 1)

  if (logs.some(({ blockNumber }) => blockNumber < from || blockNumber > to)) {
    throw new RpcFailure('malformed', `${endpoint.name} answered logs outside ${from}-${to}`)
  }
  return logs
}

async function readLogs(
  endpoint: Endpoint,
  params: object,
  blocks: number
): Promise<TimelessLog[]> {
  const raw = await endpoint.call('eth_getLogs', [params]).catch((error) => {
    throw blocks === 1 ? servesNone(error) : error
  })
  return shownBy(endpoint, raw)
}

function shownBy(endpoint: Endpoint, raw: unknown): TimelessLog[] {
  const logs = parseLogs(endpoint, raw)
  endpoint.health.showsLogs ||= logs.length > 0
  return logs
}

/** The public BSC nodes serve no logs at all, and say so as if the range were too wide. */
function servesNone(error: unknown): unknown {
  return error instanceof RpcFailure && /: limit exceeded$/i.test(error.message)
    ? new RpcFailure('no_logs', 'this endpoint does not serve logs', { cause: error })
    : error
}

function hex(number: number): `0x${string}` {
  return `0x${number.toString(16)}`
}
