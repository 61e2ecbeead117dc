import db from '@adonisjs/lucid/services/db'
import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/write_transaction'
import type { Source } from '#sources/define_source'
import type { ChainLog } from '#sources/facts'
import { logReader, type Reading } from '#sources/read_logs'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { logFilterFor } from '#scanner/reading/log_filter'
import { readRanges } from '#scanner/reading/range_reader'
import { storeReading } from '#scanner/store/fact_store'
import { logKey, retractLogs, storedLogs, type StoredLog } from '#scanner/store/stored_logs'

interface AuditOptions {
  chainId: number
  endpoints: EndpointPool
  sources: readonly Source[]
  batchSize: number
  clock: Clock
}

/** The proof for a range of blocks: what is on the chain against what is stored. */
export interface AuditResult {
  fromBlock: number
  toBlock: number
  /** Logs that are facts, or that could not be decoded. */
  logsOnChain: number
  factsStored: number
  /** On the chain but not stored; they are stored now. */
  missing: number
  /** Stored but not on the chain; they are marked as removed now. */
  phantom: number
  repaired: number
  /** Blocks that no endpoint could give. */
  unreadable: number
}

/**
 * Reads finalized blocks a second time, compares them with what is stored, and repairs what
 * differs. This is what makes "nothing was missed" a statement that can be checked.
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

    for await (const part of readRanges(endpoints, fromBlock, toBlock, this.#filter, batchSize)) {
      await this.#compare(part.from, part.to, part.logs, result)
      result.unreadable += part.gaps.reduce((sum, gap) => sum + gap.to - gap.from + 1, 0)
    }
    await this.#record(result)
    return result
  }

  async #compare(from: number, to: number, logs: ChainLog[], result: AuditResult) {
    const reading = this.#readLogs(logs)
    const onChain = keysOf(reading)
    const stored = await storedLogs(this.#options.chainId, from, to, this.#sourceNames)
    const storedKeys = new Set(stored.map(({ key }) => key))

    const missing = [...onChain].filter((key) => !storedKeys.has(key)).length
    const phantom = stored.filter(({ key }) => !onChain.has(key))
    result.logsOnChain += onChain.size
    result.factsStored += stored.length
    result.missing += missing
    result.phantom += phantom.length

    if (missing + phantom.length > 0) {
      await this.#repair(reading, phantom)
      result.repaired += missing + phantom.length
    }
  }

  async #repair(reading: Reading, phantom: StoredLog[]) {
    const { chainId, clock } = this.#options

    await writeTransaction(async (trx) => {
      const now = clock.now()
      await retractLogs(trx, phantom, now)
      await storeReading(trx, chainId, reading, now)
    })
  }

  async #record({ fromBlock, toBlock, logsOnChain, missing, phantom, repaired }: AuditResult) {
    await db.table('scan_audits').insert({
      chain_id: this.#options.chainId,
      from_block: fromBlock,
      to_block: toBlock,
      logs_on_chain: logsOnChain,
      missing,
      phantom,
      repaired,
      created_at: this.#options.clock.now(),
    })
  }
}

/** Places of launches, trades and undecodable logs; other facts only describe those. */
function keysOf({ facts, undecodable }: Reading): Set<string> {
  const kept = facts.filter(({ fact }) => fact.type === 'launch' || fact.type === 'trade')
  return new Set([...kept, ...undecodable].map(({ log }) => logKey(log.blockHash, log.logIndex)))
}

function emptyResult(fromBlock: number, toBlock: number): AuditResult {
  return {
    fromBlock,
    toBlock,
    logsOnChain: 0,
    factsStored: 0,
    missing: 0,
    phantom: 0,
    repaired: 0,
    unreadable: 0,
  }
}
