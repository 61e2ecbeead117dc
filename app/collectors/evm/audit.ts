import db from '@adonisjs/lucid/services/db'
import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import type { Source } from '#sources/define_source'
import { logReader, type Reading } from '#sources/read_logs'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { emptyResult, type AuditResult } from '#collectors/evm/audit_result'
import { auditScope } from '#collectors/evm/audit_scope'
import { ofBlocks, resolveDoubts, type Doubt } from '#collectors/evm/prove_removal'
import { factTypes } from '#facts/registry'
import type { FactRetention } from '#facts/retention'
import { logFilterFor } from '#collectors/evm/get_logs'
import { readRanges, type RangeRead } from '#collectors/evm/read_range'
import { storeReading } from '#collectors/store/fact_store'
import { logKey, retractLogs, storedLogs, type StoredLog } from '#collectors/store/stored_logs'

/** An audit may take back this share of the facts that it covers, but always so many. */
const LARGEST_SHARE = 0.01
const ALWAYS_ALLOWED = 3

interface AuditOptions {
  chainId: number
  endpoints: EndpointPool
  sources: readonly Source[]
  batchSize: number
  /** How long facts are kept: older ones are not missing. */
  retention?: FactRetention
  /** The largest share of the facts covered that may be taken back; 0.01 where it is not set. */
  largestShare?: number
  clock: Clock
}

type Scope = Awaited<ReturnType<typeof auditScope>>

/**
 * Reads finalized blocks a second time, compares them with what is stored, and repairs what
 * differs. This proves that nothing was missed. It destroys nothing: a
 * fact is taken back only when its block is proven not to be canonical, or two endpoints agree.
 */
export class Audit {
  readonly #options: AuditOptions
  readonly #sourceNames: string[]
  readonly #filter
  readonly #readLogs

  constructor(options: AuditOptions) {
    this.#options = options
    // Which pools were followed at the time is not known: their swaps cannot be compared.
    const sources = options.sources.filter(({ swaps }) => !swaps)
    this.#sourceNames = sources.map(({ name }) => name)
    this.#filter = logFilterFor(sources)
    this.#readLogs = logReader(sources)
  }

  /**
   * Audits blocks, both ends included; they have to be finalized.
   *
   * @throws RpcFailure when reading may work later
   */
  async run(fromBlock: number, toBlock: number): Promise<AuditResult> {
    const { batchSize } = this.#options
    const endpoints = this.#options.endpoints.secondOpinion()
    const result = emptyResult(fromBlock, toBlock)
    const isInScope = await auditScope(this.#options)
    const doubts: Doubt[] = []

    for await (const part of readRanges(endpoints, fromBlock, toBlock, this.#filter, batchSize)) {
      const doubt = await this.#compare(part, isInScope, result)
      if (doubt) {
        doubts.push(doubt)
      }
    }
    await this.#settle(doubts, result)
    await this.#record(result)
    return result
  }

  /** Stores what is missing, and answers which stored facts this reading did not show. */
  async #compare(part: RangeRead, isInScope: Scope, result: AuditResult): Promise<Doubt | null> {
    const { from, to, logs, gaps } = part
    const reading = this.#readLogs(logs)
    const kept = { ...reading, facts: reading.facts.filter(isInScope) }
    const expected = keysOf(kept)
    const shown = new Set(logs.map(({ blockHash, logIndex }) => logKey(blockHash, logIndex)))

    // A block that was not read is not an empty one: its facts cannot be compared.
    const isRead = ({ block }: StoredLog) =>
      !gaps.some((gap) => block.number >= gap.from && block.number <= gap.to)
    const all = await storedLogs(this.#options.chainId, from, to, this.#sourceNames)
    const stored = all.filter(isRead)
    const storedKeys = new Set(stored.map(({ key }) => key))

    result.logsOnChain += expected.size
    result.factsStored += stored.length
    result.unreadable += gaps.reduce((sum, gap) => sum + gap.to - gap.from + 1, 0)

    const missing = new Set([...expected].filter((key) => !storedKeys.has(key)))
    const missingFacts = ofBlocks(kept, ({ blockHash, logIndex }) =>
      missing.has(logKey(blockHash, logIndex))
    )
    const doubted = stored.filter(({ key }) => !shown.has(key))
    if (doubted.length > 0) {
      return { doubted, missing, missingFacts }
    }
    await this.#repair([], [missingFacts])
    result.missing += missing.size
    result.repaired += missing.size
    return null
  }

  /** Takes back what is proven to be gone, unless that is more than the limit. */
  async #settle(doubts: Doubt[], result: AuditResult) {
    const { endpoints, largestShare = LARGEST_SHARE } = this.#options
    const { gone, unproven, missing, missingFacts } = await resolveDoubts(
      endpoints,
      this.#filter,
      doubts
    )
    result.phantom = gone.length
    result.unproven = unproven
    result.missing += missing
    result.stopped = gone.length > Math.max(ALWAYS_ALLOWED, result.factsStored * largestShare)
    if (result.stopped) {
      return
    }
    await this.#repair(gone, missingFacts)
    result.repaired += missing + gone.length
  }

  async #repair(phantom: StoredLog[], missing: Reading[]) {
    const { chainId, clock } = this.#options
    const readings = missing.filter(({ facts, undecodable }) => facts.length + undecodable.length)
    if (phantom.length + readings.length === 0) {
      return
    }

    await writeTransaction(async (trx) => {
      const now = clock.now()
      await retractLogs(trx, phantom, now)
      for (const reading of readings) {
        await storeReading(trx, chainId, reading, now)
      }
    })
  }

  async #record(result: AuditResult) {
    await db.table('scan_audits').insert({
      chain_id: this.#options.chainId,
      from_block: result.fromBlock,
      to_block: result.toBlock,
      logs_on_chain: result.logsOnChain,
      missing: result.missing,
      phantom: result.phantom,
      repaired: result.repaired,
      unchecked: result.unreadable + result.unproven,
      created_at: this.#options.clock.now(),
    })
  }
}

/** Places of facts that are audited and of undecodable logs; others only describe those. */
function keysOf({ facts, undecodable }: Reading): Set<string> {
  const kept = facts.filter(
    ({ fact }) => fact.type !== 'pool_state' && !factTypes[fact.type].skipsAudit
  )
  return new Set([...kept, ...undecodable].map(({ log }) => logKey(log.blockHash, log.logIndex)))
}
