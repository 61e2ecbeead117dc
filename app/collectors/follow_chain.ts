import { backoff } from '#foundation/backoff'
import type { Clock } from '#foundation/clock'
import { Lease, LeaseLostError } from '#foundation/db/lease'
import { OperatorError } from '#foundation/errors'
import { OutageLog } from '#foundation/outage_log'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import { workOrStandBy } from '#foundation/standby'
import { inRound } from '#foundation/rounds'
import { CatchUp, type CatchUpOptions } from '#collectors/catch_up'
import type { StoreReading } from '#collectors/chain_reader'
import { ScanReport, type InWords } from '#collectors/scan_report'
import { ChainStore } from '#collectors/store/chain_store'
import { RetractionHeldError } from '#collectors/store/holds'

/** How long to wait after a failure, in milliseconds: less than the lease lasts. */
const WAITS = { firstMs: 500, longestMs: 4_000 }

/** Time between two tries while an operator has to decide, in milliseconds. */
const WHILE_HELD_MS = 4_000

export interface FollowOptions<Reading> extends CatchUpOptions<Reading> {
  /** The command that follows the chain, for the log. */
  command: string
  store: StoreReading<Reading>
  inWords: InWords
  /** Whether blocks may still be reorged when they are read. */
  isRevertible: boolean
  /** The largest share of a day's facts that a reorg may take back; 0.01 where it is not set. */
  largestShare?: number
  clock: Clock
}

/**
 * Follows a chain of any family: reads it up to its head, stores each reading together with the
 * cursor, and goes back where a reorg has replaced blocks. Of several processes on one database one
 * works; the others stand by.
 */
export class ChainFollower<Reading> {
  readonly #options: FollowOptions<Reading>
  readonly #lease: Lease
  readonly #catchUp: CatchUp<Reading>
  readonly #outage: OutageLog
  #isActive = false
  #failuresInARow = 0

  constructor(options: FollowOptions<Reading>) {
    const { chainId, clock, inWords, logger } = options
    this.#options = options
    this.#lease = new Lease(`scanner:${chainId}`)
    this.#outage = new OutageLog(logger, clock)
    const store = new ChainStore({ ...options, cursorName: `chain:${chainId}`, lease: this.#lease })
    this.#catchUp = new CatchUp(options, store, new ScanReport(inWords, logger, clock))
  }

  /** Whether this process works; else it stands by. */
  get isActive(): boolean {
    return this.#isActive
  }

  /** Follows the chain until the signal aborts. */
  async run(signal: AbortSignal) {
    const { clock, command, logger, reader } = this.#options
    const onStandby = () =>
      logger.info(`another ${command} is at work on this database; standing by`)
    const ended = new AbortController()
    const listening = reader.listen?.(AbortSignal.any([signal, ended.signal]))
    try {
      const standby = { lease: this.#lease, clock, onStandby }
      await workOrStandBy(standby, () => this.#follow(signal), signal)
    } finally {
      this.#isActive = false
      ended.abort()
      await listening
    }
  }

  /**
   * Reads once up to the head.
   *
   * @throws OperatorError when another scanner is at work on this database
   * @throws RpcFailure when reading may work later; what was stored before stands
   */
  async once(signal?: AbortSignal) {
    if (!(await this.takeLease())) {
      const { command } = this.#options
      throw new OperatorError(`Another ${command} is at work on this database; it reads the same.`)
    }
    await this.#catchUp.run(signal).finally(() => this.#lease.release())
  }

  /** Takes the right to write, if no other process has it. */
  takeLease(): Promise<boolean> {
    return this.#lease.acquire(this.#options.clock.now())
  }

  /** Works as long as this process holds the lease. */
  async #follow(signal: AbortSignal) {
    const { clock, logger, reader } = this.#options
    logger.info(`following ${reader.name}`)
    this.#isActive = true

    const keepLease = () => inRound(() => this.#lease.keep(clock.now()))
    while (this.#isActive && !signal.aborted && (await keepLease())) {
      try {
        await inRound(() => this.#catchUp.run(signal))
        this.#failuresInARow = 0
        this.#outage.worked('the chain is read again')
        await reader.nextBlock(signal)
      } catch (error) {
        await this.#recover(error, signal)
      }
    }
    this.#isActive = false
  }

  async #recover(error: unknown, signal: AbortSignal) {
    const { clock, logger } = this.#options
    if (error instanceof LeaseLostError) {
      logger.warn(`${error.message}; standing by`)
      this.#isActive = false
    } else if (error instanceof RetractionHeldError) {
      logger.error(`reading is held: ${error.message}`)
      await clock.sleep(WHILE_HELD_MS, signal)
    } else if (error instanceof RpcFailure) {
      this.#outage.failed(`the chain could not be read (${error.kind}): ${error.message}`)
      const wait = Math.max(backoff(WAITS, this.#failuresInARow++), error.retryAfterMs ?? 0)
      await clock.sleep(Math.min(wait, WAITS.longestMs), signal)
    } else {
      throw error
    }
  }
}
