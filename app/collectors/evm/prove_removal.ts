import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import type { LogFilter } from '#collectors/evm/get_logs'
import { judgeBlock, LONGEST_LINK, type Verdict } from '#collectors/evm/judge_block'
import { hashesFrom } from '#collectors/store/known_blocks'
import { logKey, type StoredLog } from '#collectors/store/stored_logs'
import type { ChainLog } from '#sources/facts'
import type { Reading } from '#sources/read_logs'

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
export async function resolveDoubts(
  { chainId, endpoints }: { chainId: number; endpoints: EndpointPool },
  filter: LogFilter,
  doubts: Doubt[]
) {
  const remembered = (block: number) => hashesFrom(chainId, block, LONGEST_LINK)
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
        proofs++ < MOST_PROOFS
          ? await judgeBlock(endpoints, filter, block, remembered)
          : () => 'unproven'
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
