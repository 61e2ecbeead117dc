import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { type LogFilter, readLogsOfBlock, readLogsOfReceipts } from '#collectors/evm/get_logs'
import { logKey, type StoredLog } from '#collectors/store/stored_logs'
import type { ChainLog } from '#sources/facts'
import type { Reading } from '#sources/read_logs'
import { readHeader, type BlockHeader } from '#foundation/rpc/block_header'
import type { Endpoint } from '#foundation/rpc/endpoint'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import { bloomVerdict } from '#collectors/evm/bloom'

/**
 * Blocks that one audit tries to prove, at most: each takes some calls. Where an endpoint hides more
 * than that, the rest counts as unproven.
 */
const MOST_PROOFS = 64

/** A part of an audit in which something is stored that was not shown. */
export interface Doubt {
  doubted: StoredLog[]
  /** Keys of what was shown and is not stored, and its facts. */
  missing: Set<string>
  missingFacts: Reading
}

/**
 * Tries to prove that doubted facts are gone. What an endpoint showed of blocks that could not be
 * checked is not stored either.
 */
export async function resolveDoubts(endpoints: EndpointPool, filter: LogFilter, doubts: Doubt[]) {
  const gone: StoredLog[] = []
  const missingFacts: Reading[] = []
  let unproven = 0
  let missing = 0
  let proofs = 0

  for (const doubt of doubts) {
    const unchecked = new Span()
    for (const logs of byBlock(doubt.doubted)) {
      const { block } = logs[0]!
      const verdictOf: (key: string) => Verdict =
        proofs++ < MOST_PROOFS ? await judgeBlock(endpoints, filter, block) : () => 'unproven'
      gone.push(...logs.filter(({ key }) => verdictOf(key) === 'gone'))
      if (logs.some(({ key }) => verdictOf(key) === 'unproven')) {
        unchecked.include(block.number)
      }
    }
    const free = ofBlocks(doubt.missingFacts, (log) => !unchecked.has(log.blockNumber))
    unproven += unchecked.length
    missingFacts.push(free)
    missing += countOf(free, doubt.missing)
  }
  return { gone, unproven, missing, missingFacts }
}

/** What a reading says of the blocks that hold a log of this kind. */
export function ofBlocks(reading: Reading, isWanted: (log: ChainLog) => boolean): Reading {
  const logs = [...reading.facts, ...reading.undecodable].map(({ log }) => log)
  const wanted = new Set(logs.filter(isWanted).map(({ blockHash }) => blockHash))
  const isOfThem = ({ log }: { log: ChainLog }) => wanted.has(log.blockHash)
  return {
    facts: reading.facts.filter(isOfThem),
    undecodable: reading.undecodable.filter(isOfThem),
  }
}

function byBlock(logs: StoredLog[]): StoredLog[][] {
  const blocks = Map.groupBy(logs, ({ block }) => `${block.number}:${block.hash}`)
  return [...blocks.values()]
}

/**
 * Blocks from the oldest to the newest of some: an endpoint that hides the logs of two blocks, or is
 * on another fork, is not believed about the blocks between them either.
 */
class Span {
  #from = Infinity
  #to = -Infinity

  include(block: number) {
    this.#from = Math.min(this.#from, block)
    this.#to = Math.max(this.#to, block)
  }

  has(block: number): boolean {
    return block >= this.#from && block <= this.#to
  }

  get length(): number {
    return Math.max(0, this.#to - this.#from + 1)
  }
}

function countOf({ facts, undecodable }: Reading, missing: Set<string>): number {
  const keys = [...facts, ...undecodable].map(({ log }) => logKey(log.blockHash, log.logIndex))
  return new Set(keys.filter((key) => missing.has(key))).size
}

/**
 * What is known of a stored log that an endpoint did not show: it is `gone` only on evidence, `there`
 * once one endpoint shows it, else `unproven`, and stays.
 */
export type Verdict = 'gone' | 'there' | 'unproven'

/** How many endpoints have to say that a fact is gone, where there are so many. */
const WITNESSES = 2

/** The logs of a stored block, by key, that an endpoint shows; null when the block is not canonical. */
type Statement = Set<string> | null

/**
 * Asks every endpoint about a stored block, and answers what is known of each of its logs. A log is
 * gone when the canonical block of that number is another one, or when two endpoints show the block
 * with other logs.
 * No answer, a failure and an empty answer prove nothing.
 */
export async function judgeBlock(
  endpoints: EndpointPool,
  filter: LogFilter,
  block: { number: number; hash: string }
): Promise<(key: string) => Verdict> {
  const statements = await endpoints.askEach((endpoint) =>
    statementOf(endpoints, endpoint, filter, block)
  )
  const needed = Math.min(WITNESSES, endpoints.endpoints.length)
  const replaced = statements.filter((statement) => statement === null).length
  const whole = statements.filter((statement) => statement !== null)

  return (key) => {
    if (whole.some((keys) => keys.has(key))) {
      return 'there'
    }
    const isReplaced = replaced >= needed && whole.length === 0
    const isWithout = whole.length >= WITNESSES && replaced === 0
    return isReplaced || isWithout ? 'gone' : 'unproven'
  }
}

/**
 * @throws RpcFailure when the endpoint has not got there, contradicts itself, or shows too little
 */
async function statementOf(
  endpoints: EndpointPool,
  endpoint: Endpoint,
  filter: LogFilter,
  block: { number: number; hash: string }
): Promise<Statement> {
  await endpoints.heads.mustHaveReached(endpoint, block.number + 1)
  const byNumber = await readHeader(endpoint, block.number)
  const child = await readHeader(endpoint, block.number + 1)
  const header = await readHeader(endpoint, child.parentHash)
  if (header.number !== block.number || header.hash !== byNumber.hash) {
    throw new RpcFailure('lagging', `${endpoint.name} contradicts itself at block ${block.number}`)
  }
  if (header.hash !== block.hash) {
    return null
  }

  const logs = await readWhole(endpoint, header, filter)
  if (logs.length === 0 && bloomVerdict(header.logsBloom, filter, filter) !== 'none') {
    throw new RpcFailure('lagging', `${endpoint.name} shows no logs of block ${block.number}`)
  }
  return new Set(logs.map(({ blockHash, logIndex }) => logKey(blockHash, logIndex)))
}

/** Receipts say more than the index of logs; not every endpoint serves them. */
async function readWhole(endpoint: Endpoint, header: BlockHeader, filter: LogFilter) {
  try {
    return await readLogsOfReceipts(endpoint, header, filter)
  } catch (error) {
    if (error instanceof RpcFailure) {
      return readLogsOfBlock(endpoint, header, filter)
    }
    throw error
  }
}
