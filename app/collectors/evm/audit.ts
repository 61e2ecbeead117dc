import db from '@adonisjs/lucid/services/db'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import type { ChainLog, SourcedFact, Undecodable } from '#sources/facts'
import { factTypes } from '#facts/registry'
import { alteredAmong } from '#collectors/evm/altered_facts'
import { AuditPatience, type OnWait } from '#collectors/evm/audit_patience'
import {
  auditPlan,
  placesOf,
  type AuditPlan,
  type AuditPlanOptions,
} from '#collectors/evm/audit_plan'
import { emptyResult, type AuditResult } from '#collectors/evm/audit_result'
import { ofBlocks, resolveDoubts, type Doubt, type Resolved } from '#collectors/evm/prove_removal'
import { readProven } from '#collectors/evm/read_proven'
import { type ConfirmedRead, readTwice } from '#collectors/evm/read_twice'
import { repairFacts } from '#collectors/evm/repair_facts'
import { endHolds, hold, isAccepted, type Retraction } from '#collectors/store/holds'
import { logKey, QUARANTINE, storedLogs } from '#collectors/store/stored_logs'

/** An audit may take back this share of the facts that it covers, but always so many. */
const LARGEST_SHARE = 0.01
const ALWAYS_ALLOWED = 3

/** Blocks of one part that are proven where one endpoint alone shows that facts of them are missing, at most. */
const MOST_PROOFS = 64

export interface AuditOptions extends AuditPlanOptions {
  endpoints: EndpointPool
  batchSize: number
  /** The largest share of the facts covered that may be taken back; 0.01 where it is not set. */
  largestShare?: number
  /** Is told when it waits for endpoints that limit requests. */
  onWait?: OnWait
}

/**
 * Reads finalized blocks a second time, compares them with what is stored, and repairs what
 * differs. This proves that nothing was missed. It destroys nothing: a
 * fact is taken back only when its block is proven not to be canonical, or two endpoints agree.
 */
export class Audit {
  constructor(private readonly options: AuditOptions) {}

  /**
   * Audits blocks, both ends included; they have to be finalized.
   *
   * @param signal ends its waits for endpoints that limit requests
   * @throws RpcFailure when reading may work later
   */
  async run(fromBlock: number, toBlock: number, signal?: AbortSignal): Promise<AuditResult> {
    const { clock, endpoints, onWait } = this.options
    const patience = new AuditPatience(endpoints, clock, onWait, signal)
    const result = emptyResult(fromBlock, toBlock)
    const plan = await auditPlan(this.options, fromBlock, toBlock)
    const doubts: Doubt[] = []

    const options = { ...this.options, patience }
    for await (const part of readTwice(options, fromBlock, toBlock, plan.filter)) {
      const doubt = await this.#compare(part, plan, result)
      if (doubt) {
        doubts.push(doubt)
      }
    }
    await this.#settle(await resolveDoubts(this.options, plan, patience, doubts), result)
    await this.#record(result)
    return result
  }

  /** Stores what is missing, and answers which stored facts this reading did not show, or not so. */
  async #compare(part: ConfirmedRead, plan: AuditPlan, result: AuditResult): Promise<Doubt | null> {
    const { from, to, gaps } = part
    // A block that was not read is not an empty one, and what was shown of it all the same is no proof.
    const isRead = (block: number) => !gaps.some((gap) => block >= gap.from && block <= gap.to)
    const logs = part.logs.filter(({ blockNumber }) => isRead(blockNumber))
    const reading = plan.readLogs(logs)
    const expected = await plan.expected(reading)
    const shown = new Set(logs.map(keyOf))

    const all = await storedLogs(this.options.chainId, from, to, plan.sourceNames)
    const stored = all.filter(({ block }) => isRead(block.number))
    const storedRows = new Set(all.map(({ table, key }) => `${table}:${key}`))

    const places = placesOf(expected)
    const suspected = alteredAmong(this.options.chainId, stored, logs, reading)
    result.logsOnChain += new Set(places.map(({ log }) => keyOf(log))).size
    result.factsStored += stored.length
    for (const gap of gaps) {
      result[gap.reason === 'unproven' ? 'unproven' : 'unreadable'] += gap.to - gap.from + 1
    }

    const absent = places.filter(
      (place) => !storedRows.has(`${tableOf(place)}:${keyOf(place.log)}`)
    )
    const blocks = new Set(absent.map(({ log }) => log.blockNumber))
    const unproven = part.isAlone ? await this.#unprovenOf(blocks, absent, plan) : new Set()
    result.unproven += unproven.size

    const believed = absent.filter(({ log }) => !unproven.has(log.blockNumber))
    const missing = new Set(believed.map(({ log }) => keyOf(log)))
    const missingFacts = ofBlocks(expected, (log) => missing.has(keyOf(log)))
    const doubted = stored.filter(({ key }) => !shown.has(key))
    if (doubted.length + suspected.length > 0) {
      return { doubted, suspected, missing, missingFacts }
    }
    await repairFacts(this.options, { read: [missingFacts] })
    result.missing += missing.size
    result.repaired += missing.size
    return null
  }

  /** Those of the blocks that are not proven to hold what one endpoint alone showed of them. */
  async #unprovenOf(
    blocks: Set<number>,
    shown: { log: ChainLog }[],
    { filter }: AuditPlan
  ): Promise<Set<number>> {
    const unproven = new Set([...blocks].slice(MOST_PROOFS))
    for (const number of blocks.difference(unproven)) {
      const { logs, gaps } = await readProven(this.options.endpoints, number, number, filter)
      const held = new Set(logs.map(keyOf))
      const ofBlock = shown.filter(({ log }) => log.blockNumber === number)
      if (gaps.length > 0 || ofBlock.some(({ log }) => !held.has(keyOf(log)))) {
        unproven.add(number)
      }
    }
    return unproven
  }

  /** Takes back what is proven to be gone or altered. More than the limit waits for an operator. */
  async #settle(resolved: Resolved, result: AuditResult) {
    const { chainId, clock } = this.options
    const { gone, altered, missing, missingFacts, correctFacts } = resolved
    const wrong = gone.length + altered.length
    result.phantom = gone.length
    result.altered = altered.length
    result.unproven += resolved.unproven
    result.missing += missing

    const { fromBlock, toBlock, factsStored: covered } = result
    const blocks = { chainId, kind: 'audit' as const, fromBlock, toBlock }
    const retraction = { ...blocks, facts: wrong, covered }
    result.stopped = this.#isTooMuch(retraction) && !(await isAccepted(retraction))
    if (result.stopped) {
      await hold(retraction, clock.now())
      return
    }
    await repairFacts(this.options, { read: [...missingFacts, ...correctFacts], gone, altered })
    await endHolds(blocks, clock.now())
    result.repaired += missing + wrong
  }

  #isTooMuch({ facts, covered }: Retraction): boolean {
    const { largestShare = LARGEST_SHARE } = this.options
    return facts > Math.max(ALWAYS_ALLOWED, covered * largestShare)
  }

  async #record(result: AuditResult) {
    await db.table('scan_audits').insert({
      chain_id: this.options.chainId,
      from_block: result.fromBlock,
      to_block: result.toBlock,
      logs_on_chain: result.logsOnChain,
      missing: result.missing,
      phantom: result.phantom,
      altered: result.altered,
      repaired: result.repaired,
      unchecked: result.unreadable + result.unproven,
      created_at: this.options.clock.now(),
    })
  }
}

function keyOf({ blockHash, logIndex }: ChainLog): string {
  return logKey(blockHash, logIndex)
}

function tableOf(place: SourcedFact | Undecodable): string {
  return 'fact' in place && place.fact.type !== 'pool_state'
    ? factTypes[place.fact.type].table
    : QUARANTINE
}
