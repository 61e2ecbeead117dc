import type { Logger } from '@adonisjs/core/logger'
import { backoff } from '#foundation/backoff'
import type { Clock } from '#foundation/clock'
import { Lease, LeaseLostError } from '#foundation/db/lease'
import { OperatorError } from '#foundation/errors'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import { workOrStandBy } from '#foundation/standby'
import type { ChainBlock, ChainReader, StoreReading, UnreadRange } from '#collectors/chain_reader'
import { findForkPoint } from '#collectors/find_fork_point'
import { ScanReport, type InWords } from '#collectors/scan_report'
import { ChainStore } from '#collectors/store/chain_store'
import { CursorMovedError, follows, type Position } from '#collectors/store/cursor'
import { RetractionHeldError } from '#collectors/store/holds'

/** How long to wait after a failure, in milliseconds: less than the lease lasts. */
const WAITS = { firstMs: 500, longestMs: 4_000 }

/** Time between two tries while an operator has to decide, in milliseconds. */
const WHILE_HELD_MS = 4_000

export interface FollowOptions<Reading> {
  chainId: number
  reader: ChainReader<Reading>
  store: StoreReading<Reading>
  inWords: InWords
  /** Whether blocks may still be reorged when they are read. */
  isRevertible: boolean
  /** The largest share of a day's facts that a reorg may take back; 0.01 where it is not set. */
  largestShare?: number
  /** Where the first run starts; undefined starts at the head. */
  fromBlock?: number
  clock: Clock
  logger: Logger
}

/**
 * Follows a chain of any family: reads it up to its head, stores each reading together with the
 * cursor, and goes back where a reorg has replaced blocks. Of several processes on one database one
 * works; the others stand by.
 */
export class ChainFollower<Reading> {
  readonly #options: FollowOptions<Reading>
  readonly #lease: Lease
  readonly #store: ChainStore<Reading>
  readonly #report: ScanReport
  #isActive = false
  #failuresInARow = 0

  constructor(options: FollowOptions<Reading>) {
    const { chainId, clock, inWords, logger } = options
    this.#options = options
    this.#lease = new Lease(`scanner:${chainId}`)
    this.#store = new ChainStore({ ...options, cursorName: `chain:${chainId}`, lease: this.#lease })
    this.#report = new ScanReport(inWords, logger, clock)
  }

  /** Whether this process works; else it stands by. */
  get isActive(): boolean {
    return this.#isActive
  }

  /** Follows the chain until the signal aborts. */
  async run(signal: AbortSignal) {
    const { clock, logger, reader } = this.#options
    const onStandby = () =>
      logger.info('another scan:chain is at work on this database; standing by')
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
      throw new OperatorError('Another scan:chain is at work on this database; it reads the same.')
    }
    await this.#catchUp(signal).finally(() => this.#lease.release())
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

    while (this.#isActive && !signal.aborted && (await this.#lease.keep(clock.now()))) {
      try {
        await this.#catchUp(signal)
        this.#failuresInARow = 0
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
      logger.warn(`the chain could not be read (${error.kind}): ${error.message}`)
      const wait = Math.max(backoff(WAITS, this.#failuresInARow++), error.retryAfterMs ?? 0)
      await clock.sleep(Math.min(wait, WAITS.longestMs), signal)
    } else {
      throw error
    }
  }

  /** Reads from the cursor to the head; once more where the cursor has moved meanwhile. */
  async #catchUp(signal?: AbortSignal): Promise<void> {
    try {
      await this.#readFromCursor(signal)
    } catch (error) {
      if (!(error instanceof CursorMovedError)) {
        throw error
      }
      this.#options.logger.warn(
        `${error.message}: nothing was stored, reading goes on from where it is now`
      )
      if (!signal?.aborted) await this.#catchUp(signal)
    }
  }

  async #readFromCursor(signal?: AbortSignal) {
    if (signal?.aborted) return
    const { reader } = this.#options
    const known = await this.#store.position()
    const head = await reader.head(known?.blockNumber ?? null)

    let position = known ?? (await this.#start(head))
    const end = head.number - reader.nearHead
    while (position.blockNumber < end && !signal?.aborted) {
      position = await this.#readRange(position, end, head.number, signal)
    }
    // A head below the cursor is a backend that lags, not a reorg.
    while (position.blockNumber < head.number && !signal?.aborted) {
      const next = position.blockNumber + 1
      const block = next === head.number ? head : await reader.block(next)
      position = await this.#readBlock(position, block, head.number)
    }
  }

  /** Where the first run is told to start. */
  async #start(head: ChainBlock<Reading>): Promise<Position> {
    const { fromBlock = head.number, logger } = this.#options
    const blockHash = fromBlock === head.number ? head.parentHash : null
    const start = { blockNumber: fromBlock - 1, blockHash }
    await this.#store.start(start)
    logger.info(`first run: reading from block ${fromBlock}`)
    return start
  }

  /** Reads far behind the head, up to the block `end` or to where a reorg is found. */
  async #readRange(start: Position, end: number, head: number, signal?: AbortSignal) {
    let position = start
    for await (const part of this.#options.reader.range(start.blockNumber + 1, end)) {
      if (!follows(position, part)) {
        return this.#undoReorg(position, head)
      }
      const to = { blockNumber: part.to, blockHash: part.hash }
      position = await this.#keep(position, to, head, part.reading, part.gaps)
      if (signal?.aborted) return position
    }
    return position
  }

  async #readBlock(position: Position, block: ChainBlock<Reading>, head: number) {
    if (!follows(position, block)) {
      return this.#undoReorg(position, head)
    }
    const to = { blockNumber: block.number, blockHash: block.hash }
    return this.#keep(position, to, head, await block.read())
  }

  async #keep(
    from: Position,
    to: Position,
    head: number,
    reading: Reading | null,
    gaps: UnreadRange[] = []
  ): Promise<Position> {
    const stored = await this.#store.advance(from, to, head, reading, gaps)
    this.#report.add(stored, to.blockNumber, head)
    return to
  }

  async #undoReorg(position: Position, head: number): Promise<Position> {
    const { chainId, logger, reader } = this.#options
    const cursor = { number: position.blockNumber, hash: position.blockHash! }
    const fork = await findForkPoint(reader, chainId, this.#store.cursorName, cursor)
    const retracted = await this.#store.goBack(position, fork, head)

    const depth = position.blockNumber - fork.blockNumber
    logger.warn(`reorg of ${depth} blocks after ${fork.blockNumber}: ${retracted} facts retracted`)
    return fork
  }
}
