import type { Logger } from '@adonisjs/core/logger'
import type { Clock } from '#foundation/clock'
import type { Source } from '#sources/define_source'
import type { Reading } from '#sources/read_logs'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { confirmedHead } from '#collectors/evm/confirmed_head'
import { findForkPoint } from '#collectors/find_fork_point'
import { BLOCKS_WITHOUT_PROOF } from '#foundation/rpc/head_guard'
import { readHeader, type BlockHeader } from '#foundation/rpc/block_header'
import type { PushedHead } from '#collectors/evm/head_signal'
import { readBlockLogs } from '#collectors/evm/read_block_logs'
import { readRanges, type UnreadRange } from '#collectors/evm/read_range'
import { ReadingPlans } from '#collectors/evm/reading_plan'
import type { ScanReport } from '#collectors/scan_report'
import { ChainStore } from '#collectors/store/chain_store'
import { CursorMovedError, type Position } from '#collectors/store/cursor'
import type { Lease } from '#foundation/db/lease'

/**
 * Nearer to the head than this, blocks are read one by one and by hash: no lagging backend can
 * hide logs there, no reorg reaches deeper, and a head that is too high does no harm.
 */
const NEAR_HEAD_BLOCKS = BLOCKS_WITHOUT_PROOF

const NOTHING: Reading = { facts: [], undecodable: [] }

export interface FollowerOptions {
  chainId: number
  endpoints: EndpointPool
  sources: readonly Source[]
  /** Pools whose swaps are read as well, at most. */
  followPools?: number
  confirm: 'finalized' | 'latest'
  /** Where the first run starts; undefined starts at the head. */
  fromBlock?: number
  /** Blocks per call while far behind, at most. */
  batchSize: number
  lease: Lease
  clock: Clock
  logger: Logger
  report: ScanReport
}

/** Reads a chain up to its confirmed head and stores what the sources see on it. */
export class ChainFollower {
  readonly #options: FollowerOptions
  readonly #store: ChainStore
  readonly #plans: ReadingPlans

  constructor(options: FollowerOptions) {
    this.#options = options
    this.#store = new ChainStore({
      ...options,
      cursorName: `chain:${options.chainId}`,
      isRevertible: options.confirm === 'latest',
    })
    this.#plans = new ReadingPlans(options)
    options.endpoints.heads.onRefused = (message) => options.logger.warn(message)
  }

  /**
   * Reads everything up to the confirmed head. `pushed` is a new head that an endpoint announced,
   * so that it need not be asked for.
   *
   * @throws RpcFailure when reading may work later; what was stored before stands
   * @throws LeaseLostError when another scanner has taken over
   * @throws ReorgTooDeepError when the chain has left everything that is remembered of it
   */
  async catchUp(signal?: AbortSignal, pushed?: PushedHead) {
    let isDone = false
    while (!isDone && !signal?.aborted) {
      isDone = await this.#readUp(signal, pushed)
    }
  }

  /** Answers whether it got there; false when the position turned out to be elsewhere than believed. */
  async #readUp(signal?: AbortSignal, pushed?: PushedHead): Promise<boolean> {
    try {
      await this.#readFromCursor(signal, pushed)
      return true
    } catch (error) {
      if (!(error instanceof CursorMovedError)) {
        throw error
      }
      this.#options.logger.warn(
        `${error.message}: nothing was stored, reading goes on from where it is now`
      )
      return false
    }
  }

  async #readFromCursor(signal?: AbortSignal, pushed?: PushedHead) {
    const known = await this.#store.position()
    this.#options.endpoints.heads.startFrom(known?.blockNumber ?? -1)
    const head = await confirmedHead(this.#options, pushed)

    let position = await this.#readFar(known ?? (await this.#start(head)), head, signal)
    // A head below the cursor is a backend that lags, not a reorg.
    while (position.blockNumber < head.number && !signal?.aborted) {
      position = await this.#readNext(position, head)
    }
  }

  /** Where the first run is told to start. */
  async #start(head: BlockHeader): Promise<Position> {
    const { fromBlock, logger } = this.#options
    const start = { blockNumber: (fromBlock ?? head.number) - 1, blockHash: null }
    await this.#store.start(start)
    logger.info(`first run: reading from block ${start.blockNumber + 1}`)
    return start
  }

  async #readFar(start: Position, head: BlockHeader, signal?: AbortSignal) {
    const farEnd = head.number - NEAR_HEAD_BLOCKS
    let position = start
    // A plan that changes on the way begins a new stretch.
    while (position.blockNumber < farEnd && !signal?.aborted) {
      position = await this.#readStretch(position, farEnd, head, signal)
    }
    const hasRead = position !== start && !signal?.aborted
    return this.#options.confirm === 'latest' && hasRead ? this.#anchor(position, head) : position
  }

  /** Reads as far as one plan leads, to `end` at most. */
  async #readStretch(start: Position, end: number, head: BlockHeader, signal?: AbortSignal) {
    const { endpoints, batchSize } = this.#options
    const plan = await this.#plans.current()
    const parts = readRanges(endpoints, start.blockNumber + 1, end, plan.filter, batchSize)
    let position = start

    for await (const { to, logs, gaps } of parts) {
      const next = { blockNumber: to, blockHash: null }
      position = await this.#keep(position, next, head, plan.readLogs(logs), gaps)
      if (signal?.aborted || (await this.#plans.current()) !== plan) {
        break
      }
    }
    return position
  }

  /** Learns the hash of the last block of a wide range: the deepest that a reorg may go back to. */
  async #anchor(position: Position, head: BlockHeader) {
    const { hash } = await this.#header(position.blockNumber)
    return this.#keep(position, { ...position, blockHash: hash }, head, NOTHING)
  }

  async #readNext(position: Position, head: BlockHeader): Promise<Position> {
    const next = position.blockNumber + 1
    const header = next === head.number ? head : await this.#header(next)

    if (position.blockHash && header.parentHash !== position.blockHash) {
      return this.#undoReorg(position, header)
    }
    const plan = await this.#plans.current()
    const logs = await readBlockLogs(this.#options.endpoints, header, plan)
    const to = { blockNumber: next, blockHash: header.hash }
    return this.#keep(position, to, head, plan.readLogs(logs))
  }

  async #keep(
    from: Position,
    to: Position,
    head: BlockHeader,
    reading: Reading,
    gaps: UnreadRange[] = []
  ) {
    const stored = await this.#store.advance(from, to, head.number, reading, gaps)
    if (reading.facts.some(({ fact }) => fact.type === 'launch' && fact.kind === 'graduated')) {
      this.#plans.expire()
    }
    this.#options.report.add(stored, to.blockNumber, head.number)
    return to
  }

  async #undoReorg(position: Position, header: BlockHeader): Promise<Position> {
    const { chainId, endpoints, logger } = this.#options
    const fork = await findForkPoint(endpoints, chainId, this.#store.cursorName, position, header)
    const retracted = await this.#store.goBack(position, fork, header.number)

    const depth = position.blockNumber - fork.blockNumber
    logger.warn(`reorg of ${depth} blocks after ${fork.blockNumber}: ${retracted} facts retracted`)
    return fork
  }

  #header(block: number | string): Promise<BlockHeader> {
    return this.#options.endpoints.ask((endpoint) => readHeader(endpoint, block))
  }
}
