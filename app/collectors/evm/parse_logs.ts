import type { Endpoint } from '#foundation/rpc/endpoint'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import { LOGS_PER_BLOCK } from '#collectors/store/pool_state'
import type { ChainLog } from '#sources/facts'

/** A log as endpoints answer it: some leave its block time out, or make it up. */
export type TimelessLog = Omit<ChainLog, 'blockTime'> & { blockTime: number | undefined }

type Hex = `0x${string}`

/** Characters of an address and of a word (32 bytes). */
const ADDRESS = 42
const WORD = 66

const DIGITS = /^0x[0-9a-f]*$/i
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
    const log = parseLog(raw, placed.at(-1)?.log)
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

/** @param before the log before it, which has many of its texts: these are not looked at again */
function parseLog(raw: unknown, before?: TimelessLog): Placed | null {
  const told = (raw ?? {}) as Record<string, unknown>
  const address = hexOf(told.address, ADDRESS, before?.address)
  const topics = topicsOf(told.topics, before?.topics)
  const data = hexOf(told.data)
  const blockHash = hexOf(told.blockHash, WORD, before?.blockHash)
  const transactionHash = hexOf(told.transactionHash, WORD, before?.transactionHash)
  const blockNumber = toNumber(told.blockNumber)
  const logIndex = toNumber(told.logIndex)
  if (
    !address ||
    !topics ||
    !data ||
    !blockHash ||
    !transactionHash ||
    blockNumber === undefined ||
    logIndex === undefined ||
    logIndex >= LOGS_PER_BLOCK
  ) {
    return null
  }

  const seconds = toNumber(told.blockTimestamp)
  const log = {
    address,
    topics,
    data,
    blockNumber,
    blockHash,
    blockTime: seconds ? seconds * 1000 : undefined,
    transactionHash,
    logIndex,
  }
  return { log, transactionIndex: toNumber(told.transactionIndex) }
}

function topicsOf(topics: unknown, before?: readonly string[]): Hex[] | null {
  if (!Array.isArray(topics) || topics.length > 4) {
    return null
  }
  const words = topics.map((topic, index) => hexOf(topic, WORD, before?.[index]))
  return words.every((word) => word !== null) ? words : null
}

/**
 * Bytes in hexadecimal digits, in lower case; null for anything else.
 *
 * @param length how many characters it has to have; undefined for any whole number of bytes
 * @param known a text that is known to be such bytes
 */
function hexOf(text: unknown, length?: number, known?: string): Hex | null {
  if (text === known && text !== undefined) {
    return text as Hex
  }
  const isHex = typeof text === 'string' && text.length % 2 === 0 && DIGITS.test(text)
  return isHex && text.length === (length ?? text.length) ? (text.toLowerCase() as Hex) : null
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

/** Undefined for what is no hexadecimal number, or too large to be counted with. */
function toNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && QUANTITY.test(value) ? Number(value) : Number.NaN
  return Number.isSafeInteger(number * 1000) ? number : undefined
}
