import { createHash } from 'node:crypto'
import type { Logger } from '@adonisjs/core/logger'
import type { Clock } from '#foundation/clock'
import type { Progress } from '#foundation/cli/progress'
import { writeTransaction } from '#foundation/db/transaction'
import type { Source } from '#sources/define_source'
import { logReader, type Reading } from '#sources/read_logs'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import type { UnreadRange } from '#collectors/chain_reader'
import { logFilterFor } from '#collectors/evm/get_logs'
import { readRanges, type RangeRead } from '#collectors/evm/read_range'
import {
  createCursor,
  CursorMovedError,
  findCursor,
  moveCursor,
  restartCursor,
} from '#collectors/store/cursor'
import { isCandidate } from '#collectors/store/known_tokens'
import { storeReading, type Stored } from '#collectors/store/fact_store'
import { doubted, recordGaps } from '#collectors/store/gaps'

/** Wait before reading again after a failure, in milliseconds. */
const AFTER_FAILURE_MS = 1_000

export interface BackfillOptions {
  chainId: number
  endpoints: EndpointPool
  sources: readonly Source[]
  /** First and last block, both included; the last one has to be finalized. */
  from: number
  to: number
  /** The end was not named: the same command goes on later where the chain has grown. */
  isOpenEnded?: boolean
  /** Begins at the first block, also where these blocks were read before. */
  again?: boolean
  batchSize: number
  /** Reads and counts, but stores nothing. */
  isDryRun: boolean
  clock: Clock
  /** Is told when another process has moved the cursor. */
  logger?: Logger
}

/** How far a backfill is. */
export interface BackfillProgress {
  from: number
  to: number
  /** The last block read; `from - 1` before the first. */
  block: number
  stored: Stored
  /** Blocks that no endpoint could give. */
  gaps: UnreadRange[]
  /** All of these blocks were read before, so nothing was read now. */
  wasDone: boolean
}

/**
 * Reads a range of old blocks, beside the process that follows the head. It has a cursor of its
 * own, so it goes on where it was stopped.
 */
export class Backfill {
  readonly progress: BackfillProgress
  readonly #options: BackfillOptions
  readonly #cursorName: string
  readonly #filter
  readonly #readLogs
  #isRestarted = false
  #startedAt = 0
  #startedFrom = 0

  constructor(options: BackfillOptions) {
    this.#options = options
    this.#cursorName = cursorNameOf(options)
    this.#filter = logFilterFor(options.sources)
    this.#readLogs = logReader(options.sources)
    this.progress = {
      from: options.from,
      to: options.to,
      block: options.from - 1,
      stored: { launches: 0, pools: 0, trades: 0, quarantined: 0 },
      gaps: [],
      wasDone: false,
    }
  }

  /** Reads to the end or until the signal aborts, and yields its progress after every part. */
  async *run(signal: AbortSignal): AsyncGenerator<BackfillProgress> {
    const { to, endpoints, batchSize, clock } = this.#options
    const { progress } = this
    await this.#restart()
    progress.block = Math.min((await this.#start()) - 1, to)
    progress.wasDone = progress.block === to
    this.#startedAt = clock.now()
    this.#startedFrom = progress.block
    yield progress

    while (progress.block < to && !signal.aborted) {
      try {
        const next = progress.block + 1
        const parts = readRanges(endpoints, next, to, this.#filter, batchSize)
        for await (const part of parts) {
          await this.#keep(part, progress)
          yield progress
          if (signal.aborted) {
            return
          }
        }
      } catch (error) {
        await this.#recover(error, signal)
      }
    }
  }

  /** Goes on after failures of endpoints, and from the cursor where another process has moved it. */
  async #recover(error: unknown, signal: AbortSignal) {
    const { clock, logger } = this.#options
    if (error instanceof CursorMovedError) {
      this.progress.block = (await this.#start()) - 1
      logger?.warn(
        `${error.message}: nothing was stored, reading goes on after block ${this.progress.block}`
      )
    } else if (error instanceof RpcFailure) {
      await clock.sleep(AFTER_FAILURE_MS, signal)
    } else {
      throw error
    }
  }

  /** The state of the work in the terms of a progress bar. */
  describe({ to, block, stored }: BackfillProgress): Progress {
    const { clock, endpoints, isDryRun } = this.#options
    const events = (stored.launches + stored.trades).toLocaleString('en-US')

    return {
      done: block - this.#startedFrom,
      total: to - this.#startedFrom,
      unit: 'blocks',
      yield: `${events} events ${isDryRun ? 'found' : 'stored'}`,
      elapsedMs: clock.now() - this.#startedAt,
      detail: endpoints.preferred.name,
    }
  }

  async #restart() {
    const { again, chainId, clock, from, isDryRun } = this.#options
    if (again && !isDryRun && !this.#isRestarted) {
      this.#isRestarted = true
      const start = { blockNumber: from - 1, blockHash: null }
      await restartCursor(this.#cursorName, chainId, start, clock.now())
    }
  }

  /** The first block to read. */
  async #start(): Promise<number> {
    const { chainId, clock, from, isDryRun } = this.#options
    const start = { blockNumber: from - 1, blockHash: null }
    if (!isDryRun) {
      await createCursor(this.#cursorName, chainId, start, clock.now())
    }
    const { blockNumber } = (await findCursor(this.#cursorName)) ?? start
    return (isDryRun ? start.blockNumber : blockNumber) + 1
  }

  async #keep({ to, logs, gaps }: RangeRead, progress: BackfillProgress) {
    const reading = this.#readLogs(logs)
    const stored = this.#options.isDryRun ? countOf(reading) : await this.#store(to, reading, gaps)

    progress.block = to
    progress.gaps.push(...gaps)
    this.count(stored)
  }

  /** Adds what was stored: also of gaps that are closed after the reading. */
  count(stored: Partial<Stored>) {
    for (const key of Object.keys(stored) as (keyof Stored)[]) {
      this.progress.stored[key] += stored[key] ?? 0
    }
  }

  #store(block: number, reading: Reading, gaps: RangeRead['gaps']): Promise<Stored> {
    const { chainId, clock, to } = this.#options
    const from = { blockNumber: this.progress.block, blockHash: null }

    return writeTransaction(async (trx) => {
      const now = clock.now()
      await moveCursor(trx, this.#cursorName, from, { ...from, blockNumber: block }, to, now)
      await recordGaps(trx, chainId, gaps, now)
      await recordGaps(trx, chainId, doubted(this.#options.endpoints.checks.takeDoubts()), now)
      return storeReading(trx, chainId, reading, now)
    })
  }
}

/** The longest name of a cursor, in characters. */
const LONGEST_NAME = 64

/** The same for the same command: it tells how far these blocks are read for these sources. */
function cursorNameOf({ chainId, sources, from, to, isOpenEnded }: BackfillOptions): string {
  const names = sources.map(({ name }) => name).join('+')
  const name = `backfill:${chainId}:${names}:${from}-${isOpenEnded ? '' : to}`
  return name.length <= LONGEST_NAME
    ? name
    : `backfill:${createHash('sha256').update(name).digest('base64url')}`
}

/** Without facts that are stored of known tokens only: a dry run does not ask which tokens are known. */
function countOf({ facts, undecodable }: Reading): Stored {
  const certain = facts.filter((each) => !isCandidate(each))
  const count = (type: string) => certain.filter(({ fact }) => fact.type === type).length
  return {
    launches: count('launch'),
    pools: count('pool'),
    trades: count('trade'),
    quarantined: undecodable.length,
  }
}
