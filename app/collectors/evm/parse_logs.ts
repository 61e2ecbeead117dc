import type { Endpoint } from '#foundation/rpc/endpoint'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import type { ChainLog } from '#sources/facts'

/** A log as endpoints answer it: some leave its block time out, or make it up. */
export type TimelessLog = Omit<ChainLog, 'blockTime'> & { blockTime: number | undefined }

const ADDRESS = /^0x[0-9a-f]{40}$/i
const WORD = /^0x[0-9a-f]{64}$/i
const BYTES = /^0x(?:[0-9a-f]{2})*$/i
const QUANTITY = /^0x[0-9a-f]+$/i

/**
 * Reads logs as `eth_getLogs` answers them, and puts them in the order of the chain. Those that a
 * reorg has removed are left out. Hex digits become lower-case, as they are stored.
 *
 * One log that is none, or whose place another one has, refuses the whole answer: indexes that count
 * within a transaction, and not within the block, would have facts overwrite each other.
 *
 * @throws RpcFailure `malformed`, or `misnumbered` where two logs have one place
 */
export function parseLogs(endpoint: Endpoint, answer: unknown): TimelessLog[] {
  const refuse = (what: string) => new RpcFailure('malformed', `${endpoint.name} answered ${what}`)
  if (!Array.isArray(answer)) {
    throw refuse('no list of logs')
  }

  const placed: Placed[] = []
  for (const raw of answer) {
    if ((raw as { removed?: unknown } | null)?.removed === true) continue
    const log = parseLog(raw)
    if (!log) {
      throw refuse('a log that is none')
    }
    placed.push(log)
  }
  placed.sort((one, other) => compare(one.log, other.log))

  const misplaced = placed.findIndex((each, index) => index > 0 && !fits(each, placed[index - 1]!))
  if (misplaced > 0) {
    const { blockNumber, logIndex } = placed[misplaced]!.log
    const words = `two logs that cannot both be log ${logIndex} of block ${blockNumber}`
    throw new RpcFailure('misnumbered', `${endpoint.name} answered ${words}`)
  }
  return placed.map(({ log }) => log)
}

interface Placed {
  log: TimelessLog
  /** The place of its transaction in the block; undefined where it is left out. */
  transactionIndex: number | undefined
}

function parseLog(raw: unknown): Placed | null {
  const { address, topics, data, blockHash, transactionHash, ...more } = (raw ?? {}) as Record<
    string,
    unknown
  >
  const blockNumber = toNumber(more.blockNumber)
  const logIndex = toNumber(more.logIndex)
  const areTopics = Array.isArray(topics) && topics.length <= 4 && topics.every(is(WORD))
  if (
    !is(ADDRESS)(address) ||
    !areTopics ||
    !is(BYTES)(data) ||
    !is(WORD)(blockHash) ||
    !is(WORD)(transactionHash) ||
    blockNumber === undefined ||
    logIndex === undefined
  ) {
    return null
  }

  const seconds = toNumber(more.blockTimestamp)
  const log = {
    address: lower(address),
    topics: topics.map(lower),
    data: lower(data),
    blockNumber,
    blockHash: lower(blockHash),
    blockTime: seconds ? seconds * 1000 : undefined,
    transactionHash: lower(transactionHash),
    logIndex,
  }
  return { log, transactionIndex: toNumber(more.transactionIndex) }
}

function compare(one: TimelessLog, other: TimelessLog): number {
  return one.blockNumber - other.blockNumber || one.logIndex - other.logIndex
}

/** Whether a log can come after another one. */
function fits({ log, transactionIndex = Infinity }: Placed, { log: last, ...before }: Placed) {
  if (log.blockNumber !== last.blockNumber) {
    return true
  }
  const isLater = log.logIndex > last.logIndex && transactionIndex >= (before.transactionIndex ?? 0)
  return isLater && log.blockHash === last.blockHash
}

function is(form: RegExp) {
  return (value: unknown): value is string => typeof value === 'string' && form.test(value)
}

function lower(hex: string): `0x${string}` {
  return hex.toLowerCase() as `0x${string}`
}

/** Undefined for what is no hexadecimal number, or too large to be counted with. */
function toNumber(value: unknown): number | undefined {
  const number = is(QUANTITY)(value) ? Number(value) : Number.NaN
  return Number.isSafeInteger(number * 1000) ? number : undefined
}
