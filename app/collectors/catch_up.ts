import type { Logger } from '@adonisjs/core/logger'
import type { ChainBlock, ChainReader, SeenHead, UnreadRange } from '#collectors/chain_reader'
import { findForkPoint } from '#collectors/find_fork_point'
import type { ScanReport } from '#collectors/scan_report'
import type { ChainStore } from '#collectors/store/chain_store'
import { CursorMovedError, follows, type Position } from '#collectors/store/cursor'
import { gotAhead } from '#foundation/rounds'

export interface CatchUpOptions<Reading> {
  chainId: number
  reader: ChainReader<Reading>
  /** Where the first run starts; undefined starts at the head. */
  fromBlock?: number
  logger: Logger
}

/**
 * The way from the cursor to the head: ranges as long as it is far, then block by block. Each reading is
 * stored together with the cursor; where a reorg has replaced blocks, it goes back first.
 */
export class CatchUp<Reading> {
  constructor(
    private readonly options: CatchUpOptions<Reading>,
    private readonly store: ChainStore<Reading>,
    private readonly report: ScanReport
  ) {}

  /**
   * Reads from the cursor to the head; once more where the cursor has moved meanwhile.
   *
   * @throws RpcFailure when reading may work later; what was stored before stands
   * @throws RetractionHeldError when a reorg would take back too much
   */
  async run(signal?: AbortSignal): Promise<void> {
    try {
      await this.#readFromCursor(signal)
    } catch (error) {
      if (!(error instanceof CursorMovedError)) {
        throw error
      }
      this.options.logger.warn(
        `${error.message}: nothing was stored, reading goes on from where it is now`
      )
      if (!signal?.aborted) await this.run(signal)
    }
  }

  async #readFromCursor(signal?: AbortSignal) {
    if (signal?.aborted) return
    const { reader } = this.options
    const known = await this.store.position()
    const head = await reader.head(known?.blockNumber ?? null)

    let position = known ?? (await this.#start(head))
    const end = head.number - reader.nearHead
    while (position.blockNumber < end && !signal?.aborted) {
      position = await this.#readRange(position, end, head, signal)
    }
    // A head below the cursor is a backend that lags, not a reorg.
    while (position.blockNumber < head.number && !signal?.aborted) {
      const next = position.blockNumber + 1
      const block = next === head.number ? head : await reader.block(next)
      position = await this.#readBlock(position, block, head)
    }
  }

  /** Where the first run is told to start. */
  async #start(head: ChainBlock<Reading>): Promise<Position> {
    const { fromBlock = head.number, logger } = this.options
    const blockHash = fromBlock === head.number ? head.parentHash : null
    const start = { blockNumber: fromBlock - 1, blockHash }
    await this.store.start(start)
    logger.info(`first run: reading from block ${fromBlock}`)
    return start
  }

  /** Reads far behind the head, up to the block `end` or to where a reorg is found. */
  async #readRange(start: Position, end: number, head: SeenHead, signal?: AbortSignal) {
    let position = start
    for await (const part of this.options.reader.range(start.blockNumber + 1, end)) {
      if (!follows(position, part)) {
        return this.#undoReorg(position, head)
      }
      const to = { blockNumber: part.to, blockHash: part.hash }
      position = await this.#keep(position, to, head, part.reading, part.gaps)
      if (signal?.aborted) return position
    }
    return position
  }

  async #readBlock(position: Position, block: ChainBlock<Reading>, head: SeenHead) {
    if (!follows(position, block)) {
      return this.#undoReorg(position, head)
    }
    const to = { blockNumber: block.number, blockHash: block.hash }
    return this.#keep(position, to, head, await block.read())
  }

  async #keep(
    from: Position,
    to: Position,
    head: SeenHead,
    reading: Reading | null,
    gaps: UnreadRange[] = []
  ): Promise<Position> {
    const stored = await this.store.advance(from, to, head, reading, gaps)
    this.report.add(stored, to.blockNumber, head.number)
    gotAhead(`block ${to.blockNumber} of chain ${this.options.chainId}`)
    return to
  }

  async #undoReorg(position: Position, head: SeenHead): Promise<Position> {
    const { chainId, logger, reader } = this.options
    const cursor = { number: position.blockNumber, hash: position.blockHash! }
    const fork = await findForkPoint(reader, chainId, this.store.cursorName, cursor)
    const retracted = await this.store.goBack(position, fork, head)

    const depth = position.blockNumber - fork.blockNumber
    logger.warn(`reorg of ${depth} blocks after ${fork.blockNumber}: ${retracted} facts retracted`)
    return fork
  }
}
