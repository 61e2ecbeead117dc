import { Audit } from '#collectors/evm/audit'
import { waitInWords, type OnWait } from '#collectors/evm/audit_patience'
import { auditFindings } from '#collectors/evm/audit_result'
import { closeGaps } from '#collectors/store/gaps'
import { EvmReader, type EvmOptions } from '#collectors/evm/evm_reader'
import { storeOf } from '#collectors/evm/follow_evm_chain'
import { every } from '#foundation/every'
import { putOff } from '#foundation/rpc/rpc_failure'
import { type Expiries, TablePruner } from '#foundation/db/retention'
import type { FactRetention } from '#facts/retention'
import { pruneFacts } from '#collectors/store/prune_facts'
import { acceptedAudits } from '#collectors/store/holds'
import { createCursor, findCursor, moveAlone } from '#collectors/store/cursor'
import ScanCursor from '#models/scan_cursor'

/** How often it works, in milliseconds. */
const EVERY_MS = 30_000

/** How often records of the scanning are looked through for old ones, in milliseconds. */
const PRUNE_RECORDS_EVERY_MS = 3_600_000

/** The audit stays this far behind the scanner: deeper than any reorg, later than any lagging backend. */
const AUDIT_DISTANCE_BLOCKS = 256

/** Blocks per audit, at most: it shares the endpoints with the scanner, which comes first. */
const AUDIT_SPAN_BLOCKS = 20_000

/** Blocks of a round that were read before the first audit, at most: some four million a day. */
const HISTORY_SPAN_BLOCKS = 1_500

export interface MaintenanceOptions extends EvmOptions {
  retention: FactRetention
  /** How long what is noted beside the facts is kept. */
  records: Expiries
}

/** What is done beside the reading: an audit of what was read, gaps, and old rows. */
export class Maintenance {
  readonly #options: MaintenanceOptions
  readonly #audit: Audit
  readonly #reader: EvmReader
  readonly #records: TablePruner
  #recordsDueAt = 0

  constructor(options: MaintenanceOptions) {
    this.#options = options
    const onWait: OnWait = (...wait) => options.logger.info(`audit: ${waitInWords(...wait)}`)
    this.#audit = new Audit({ ...options, onWait })
    this.#reader = new EvmReader(options)
    this.#records = new TablePruner(options.records, options.clock)
  }

  /** Works every half minute while `isActive` says that this process is the one that reads. */
  run(signal: AbortSignal, isActive: () => boolean) {
    const { clock, logger } = this.#options
    const work = async () => (isActive() ? this.#maintain(signal) : undefined)
    return every(EVERY_MS, work, { clock, signal, onError: putOff('maintenance', logger) })
  }

  /** Removes old rows, and tries the gaps that are due. */
  async tidy(signal: AbortSignal) {
    const { chainId, clock, retention } = this.#options
    await pruneFacts(chainId, retention, clock, signal)
    await this.#pruneRecords(signal)
    await closeGaps({ chainId, reader: this.#reader, store: storeOf(chainId), clock })
  }

  async #maintain(signal: AbortSignal) {
    await this.tidy(signal)
    await this.#auditAccepted(signal)
    await this.#auditNext(signal)
  }

  async #pruneRecords(signal: AbortSignal) {
    const now = this.#options.clock.now()
    if (now >= this.#recordsDueAt) {
      this.#recordsDueAt = now + PRUNE_RECORDS_EVERY_MS
      await this.#records.prune(signal)
    }
  }

  /** Carries out audits that were held and that an operator has accepted. */
  async #auditAccepted(signal: AbortSignal) {
    for (const { fromBlock, toBlock } of await acceptedAudits(this.#options.chainId)) {
      await this.#audit.run(fromBlock, toBlock, signal)
    }
  }

  /**
   * Audits what the scanner has read since the last audit, up to a safe distance. Where that was little
   * for one round, it goes on with what was read on the way to the head, before the first audit.
   */
  async #auditNext(signal: AbortSignal) {
    const { chainId } = this.#options
    const read = await ScanCursor.find(`chain:${chainId}`)
    if (!read) {
      return
    }

    const name = `audit:${chainId}`
    const end = read.blockNumber - AUDIT_DISTANCE_BLOCKS
    const start = Math.max(end, read.fromBlock - 1)
    const audited = await this.#auditOn(name, start, end, AUDIT_SPAN_BLOCKS, signal)
    if (audited < AUDIT_SPAN_BLOCKS) {
      const { fromBlock } = await ScanCursor.findOrFail(name)
      const history = `audit-history:${chainId}`
      await this.#auditOn(history, read.fromBlock - 1, fromBlock - 1, HISTORY_SPAN_BLOCKS, signal)
    }
  }

  /**
   * Audits the blocks after a cursor, which is made at `start` where there is none, up to `end`.
   *
   * @returns how many blocks these were, at most `span`
   */
  async #auditOn(
    name: string,
    start: number,
    end: number,
    span: number,
    signal: AbortSignal
  ): Promise<number> {
    const { chainId, clock, logger } = this.#options
    await createCursor(name, chainId, { blockNumber: start, blockHash: null }, clock.now())
    const done = await findCursor(name)
    const from = done!.blockNumber + 1
    const to = Math.min(end, from + span - 1)
    if (from > to) {
      return 0
    }

    const result = await this.#audit.run(from, to, signal)
    for (const finding of auditFindings(result)) {
      logger.warn(`audit of ${from}-${to}: ${finding}`)
    }
    if (signal.aborted) {
      // A wait that was cut short may have left blocks unchecked: the next process audits them.
      return 0
    }
    if (!(await moveAlone(name, done!.blockNumber, to, clock.now()))) {
      logger.warn(`the position of "${name}" is no longer block ${done!.blockNumber}: read again`)
    }
    return to - from + 1
  }
}
