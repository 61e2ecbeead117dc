import type { Logger } from '@adonisjs/core/logger'
import { backoff } from '#foundation/backoff'
import type { Progress } from '#foundation/cli/progress'
import { writeTransaction } from '#foundation/db/transaction'
import { logReader, type Reading } from '#sources/read_logs'
import { CanonicalBlock } from '#foundation/rpc/canonical_block'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import type { UnreadRange } from '#collectors/chain_reader'
import { Audit, type AuditOptions } from '#collectors/evm/audit'
import { BackfillCursor, type BackfillCursorOptions } from '#collectors/evm/backfill_cursor'
import { BackfillProgress, countOf } from '#collectors/evm/backfill_progress'
import { logFilterFor } from '#collectors/evm/get_logs'
import type { JoinedRange } from '#collectors/evm/join_range'
import { readRanges } from '#collectors/evm/read_ranges'
import { DEEPEST_REORG_BLOCKS } from '#collectors/find_fork_point'
import { CursorMovedError, follows } from '#collectors/store/cursor'
import { storeReading } from '#collectors/store/fact_store'
import { doubted, recordGaps } from '#collectors/store/gaps'

/** Waits before reading again after a failure, in milliseconds. */
const WAITS = { firstMs: 1_000, longestMs: 30_000 }

export interface BackfillOptions extends AuditOptions, BackfillCursorOptions {
  /** Is told when the cursor is elsewhere than where this process left it. */
  logger?: Logger
}

/**
 * Reads a range of old blocks, beside the process that follows the head. It has a cursor of its
 * own, so it goes on where it was stopped.
 */
export class Backfill {
  readonly progress: BackfillProgress
  readonly #options: BackfillOptions
  readonly #cursor: BackfillCursor
  readonly #canonical: CanonicalBlock
  readonly #filter
  readonly #readLogs
  #failuresInARow = 0
  /** Facts of blocks that were replaced may stand. */
  #isInDoubt = false

  constructor(options: BackfillOptions) {
    this.#options = options
    this.#cursor = new BackfillCursor(options)
    this.#canonical = new CanonicalBlock(options.endpoints, options.clock)
    this.#filter = logFilterFor(options.sources)
    this.#readLogs = logReader(options.sources)
    this.progress = new BackfillProgress(options.from, options.to, options.clock)
  }

  /** Reads to the end or until the signal aborts, and yields its progress after every part. */
  async *run(signal: AbortSignal): AsyncGenerator<BackfillProgress> {
    const { to } = this.#options
    const { progress } = this
    await this.#load()
    await this.#checkStart(signal)
    progress.begin()
    yield progress

    while ((progress.block < to || this.#isInDoubt) && !signal.aborted) {
      try {
        for await (const part of this.#parts()) {
          if (!follows(this.#cursor.position, part)) {
            await this.#undoReorg()
            break
          }
          await this.#keep(part)
          yield progress
          if (signal.aborted) {
            return
          }
        }
        if (progress.block === to) {
          await this.#takeBackReplaced(signal)
        }
      } catch (error) {
        await this.#recover(error, signal)
      }
    }
  }

  /** The state of the work in the terms of a progress bar. */
  describe(progress: BackfillProgress): Progress {
    const { endpoints, isDryRun } = this.#options
    return progress.describe(isDryRun ? 'found' : 'stored', endpoints.preferred.name)
  }

  async #load() {
    await this.#cursor.load()
    this.progress.block = this.#cursor.position.blockNumber
    this.#isInDoubt = !this.#options.isDryRun && (await this.#cursor.replaced()) !== null
  }

  /** The block at which an earlier run stopped may have been replaced since. */
  async #checkStart(signal: AbortSignal) {
    for (let isChecked = false; !isChecked && !signal.aborted;) {
      try {
        const { blockNumber: number, blockHash: hash } = this.#cursor.position
        if (hash !== null && !(await this.#canonical.stands({ number, hash }))) {
          await this.#undoReorg()
        }
        isChecked = true
      } catch (error) {
        await this.#recover(error, signal)
      }
    }
  }

  #parts() {
    const { batchSize, endpoints, to } = this.#options
    return readRanges(endpoints, this.progress.block + 1, to, this.#filter, batchSize)
  }

  /** Goes on after failures of endpoints, and from the cursor where another process has moved it. */
  async #recover(error: unknown, signal: AbortSignal) {
    const { clock, logger } = this.#options
    if (error instanceof CursorMovedError) {
      await this.#load()
      logger?.warn(
        `${error.message}: nothing was stored, reading goes on after block ${this.progress.block}`
      )
    } else if (error instanceof RpcFailure) {
      const wait = Math.max(backoff(WAITS, this.#failuresInARow++), error.retryAfterMs ?? 0)
      await clock.sleep(wait, signal)
    } else {
      throw error
    }
  }

  /**
   * Goes back to read anew what may have been replaced, as many blocks as a reorg may be deep.
   *
   * @throws RpcFailure `lagging` when the block at the cursor stands: then one endpoint was wrong
   */
  async #undoReorg() {
    const { from, isDryRun, logger } = this.#options
    const { blockNumber: number, blockHash } = this.#cursor.position
    if (await this.#canonical.stands({ number, hash: blockHash! })) {
      throw new RpcFailure('lagging', `what was shown after block ${number} does not follow it`)
    }

    const first = Math.max(from, number + 1 - DEEPEST_REORG_BLOCKS)
    await this.#cursor.goBack(first)
    this.#isInDoubt = !isDryRun
    this.progress.block = first - 1
    logger?.warn(`block ${number} was replaced: the blocks from ${first} on are read again`)
  }

  /** Facts of replaced blocks are left to an audit: what was read anew is its evidence. */
  async #takeBackReplaced(signal: AbortSignal) {
    const replaced = this.#isInDoubt ? await this.#cursor.replaced() : null
    if (replaced) {
      const audit = await new Audit(this.#options).run(replaced.from, replaced.to, signal)
      const { phantom, stopped, unproven, unreadable } = audit
      // What could not be checked is tried again where the command is given again.
      if (unproven + unreadable === 0) await this.#cursor.settled()
      const taken = stopped ? 'wait for an operator' : 'were taken back'
      this.#options.logger?.warn(`${phantom} facts of blocks that were replaced ${taken}`)
    }
    this.#isInDoubt = false
  }

  async #keep({ to, hash, logs, gaps }: JoinedRange) {
    const position = { blockNumber: to, blockHash: hash }
    const reading = this.#readLogs(logs)
    const stored = this.#options.isDryRun
      ? countOf(reading)
      : await this.#store(position, reading, gaps)

    this.#cursor.moved(position)
    this.#failuresInARow = 0
    this.progress.block = to
    this.progress.gaps.push(...gaps)
    this.progress.count(stored)
  }

  #store(to: { blockNumber: number; blockHash: string }, reading: Reading, gaps: UnreadRange[]) {
    const { chainId, clock, endpoints } = this.#options

    return endpoints.checks.handOverDoubts((doubts) =>
      writeTransaction(async (trx) => {
        const now = clock.now()
        await this.#cursor.move(trx, to, now)
        await recordGaps(trx, chainId, gaps, now)
        await recordGaps(trx, chainId, doubted(doubts), now)
        return storeReading(trx, chainId, reading, now)
      })
    )
  }
}
