import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { alteredAmong } from '#collectors/evm/altered_facts'
import type { AuditPatience } from '#collectors/evm/audit_patience'
import type { AuditPlan } from '#collectors/evm/audit_plan'
import { judgeBlock, LONGEST_LINK, type Judgement } from '#collectors/evm/judge_block'
import { hashesFrom } from '#collectors/store/known_blocks'
import { logKey, type StoredLog } from '#collectors/store/stored_logs'
import type { ChainLog } from '#sources/facts'
import type { Reading } from '#sources/read_logs'

/**
 * Blocks that one audit tries to prove, at most: each takes some calls. Where an endpoint hides more
 * than that, the rest counts as unproven.
 */
const MOST_PROOFS = 64

/** A part of an audit in which something is stored that was not shown, or was shown with another content. */
export interface Doubt {
  doubted: StoredLog[]
  /** Stored with another content than was shown. */
  suspected: StoredLog[]
  /** Keys of what was shown and is not stored, and its facts. */
  missing: Set<string>
  missingFacts: Reading
}

/** What is proven of doubts. */
export interface Resolved {
  gone: StoredLog[]
  /** They say something else than their logs. */
  altered: StoredLog[]
  /** What the blocks of those hold. */
  correctFacts: Reading[]
  /** Blocks that could not be checked. */
  unproven: number
  missing: number
  missingFacts: Reading[]
}

/**
 * Tries to prove that doubted facts are gone, and that suspected ones are altered. What an endpoint
 * showed of blocks that could not be checked is not stored either.
 */
export async function resolveDoubts(
  { chainId, endpoints }: { chainId: number; endpoints: EndpointPool },
  plan: AuditPlan,
  patience: AuditPatience,
  doubts: Doubt[]
): Promise<Resolved> {
  const remembered = (block: number) => hashesFrom(chainId, block, LONGEST_LINK)
  const resolved: Resolved = {
    gone: [],
    altered: [],
    correctFacts: [],
    missingFacts: [],
    unproven: 0,
    missing: 0,
  }
  let proofs = 0

  for (const { doubted, suspected, missing, missingFacts } of doubts) {
    const unchecked = new Span()
    for (const stored of byBlock([...doubted, ...suspected])) {
      const { block } = stored[0]!
      const weighed = (judgement: Judgement) =>
        weigh(chainId, plan, stored, new Set(suspected), judgement)
      const judge = () => judgeBlock(endpoints, plan.filter, block, remembered)
      const judgement =
        proofs++ < MOST_PROOFS
          ? await patience.until((done) => !weighed(done).isOpen, judge)
          : NO_JUDGEMENT
      const { gone, altered, isOpen } = weighed(judgement)
      resolved.gone.push(...gone)
      if (altered.length > 0) {
        resolved.altered.push(...altered)
        resolved.correctFacts.push(await plan.expected(plan.readLogs(judgement.logs!)))
      }
      if (isOpen) unchecked.include(block.number)
    }
    const free = ofBlocks(missingFacts, (log) => !unchecked.has(log.blockNumber))
    resolved.unproven += unchecked.length
    resolved.missingFacts.push(free)
    resolved.missing += countOf(free, missing)
  }
  return resolved
}

const NO_JUDGEMENT: Judgement = { on: () => 'unproven', logs: null, areHashesProven: false }

/** What a judgement says of facts of one block, and whether it leaves something open. */
function weigh(
  chainId: number,
  plan: AuditPlan,
  stored: StoredLog[],
  suspected: Set<StoredLog>,
  { on, logs, areHashesProven }: Judgement
) {
  const verdicts = stored.map((each) => ({ each, verdict: on(each.key) }))
  const gone = verdicts.filter(({ verdict }) => verdict === 'gone').map(({ each }) => each)
  const open = stored.filter((each) => suspected.has(each) && !gone.includes(each))
  const reading = logs && plan.readLogs(logs)
  const differing = reading ? alteredAmong(chainId, open, logs, reading) : open
  const altered = reading ? alteredAmong(chainId, open, logs, reading, areHashesProven) : []
  const isUnproven = verdicts.some(({ verdict }) => verdict === 'unproven')
  return { gone, altered, isOpen: isUnproven || altered.length < differing.length }
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
