import type { Logger } from '@adonisjs/core/logger'
import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/write_transaction'
import type { Source } from '#sources/define_source'
import type { ChainLog } from '#sources/facts'
import { logReader } from '#sources/read_logs'
import { readHeader, type BlockHeader } from '#scanner/chain_reader'
import type { EndpointPool } from '#scanner/endpoints/endpoint_pool'
import { RpcFailure } from '#scanner/endpoints/rpc_failure'
import { logFilterFor } from '#scanner/log_filter'
import { readBlock } from '#scanner/read_block'
import { readRange } from '#scanner/read_range'
import { ScanReport } from '#scanner/scan_report'
import { createCursor, findCursor, moveCursor, type Position } from '#scanner/store/cursor'
import { storeReading } from '#scanner/store/fact_store'

/** Nearer to the head than this, blocks are read one by one: a lagging backend cannot hide logs there. */
const NEAR_HEAD_BLOCKS = 64

export interface ScannerOptions {
  chainId: number
  endpoints: EndpointPool
  sources: readonly Source[]
  confirm: 'finalized' | 'latest'
  /** Where the first run starts; undefined starts at the head. */
  fromBlock?: number
  /** Blocks per call while far behind. */
  batchSize: number
  /** Pause between two looks at the head, in milliseconds. */
  intervalMs: number
  clock: Clock
  logger: Logger
}

/** Follows a chain and stores what the sources see on it. */
export class Scanner {
  readonly #options: ScannerOptions
  readonly #cursorName: string
  readonly #filter
  readonly #readLogs
  readonly #report

  constructor(options: ScannerOptions) {
    this.#options = options
    this.#cursorName = `chain:${options.chainId}`
    this.#filter = logFilterFor(options.sources)
    this.#readLogs = logReader(options.sources)
    this.#report = new ScanReport(options.logger, options.clock)
  }

  /** Follows the chain until the signal aborts. */
  async run(signal: AbortSignal) {
    const { chainId, clock, confirm, intervalMs, logger } = this.#options
    const names = this.#options.endpoints.endpoints.map(({ name }) => name).join(', ')
    logger.info(`following chain ${chainId} to its ${confirm} block through ${names}`)

    while (!signal.aborted) {
      try {
        await this.catchUp(signal)
        await clock.sleep(intervalMs, signal)
      } catch (error) {
        if (!(error instanceof RpcFailure)) {
          throw error
        }
        logger.warn({ kind: error.kind }, `the chain could not be read: ${error.message}`)
        await clock.sleep(intervalMs * 2, signal)
      }
    }
  }

  /**
   * Reads everything up to the confirmed head.
   *
   * @throws RpcFailure when no endpoint could be read
   */
  async catchUp(signal?: AbortSignal) {
    const { confirm } = this.#options
    const head = await this.#options.endpoints.ask((endpoint) => readHeader(endpoint, confirm))
    let position = await this.#position(head)

    while (position.blockNumber < head.number && !signal?.aborted) {
      position = await this.#step(position, head)
    }
  }

  /** Where reading goes on: at the cursor, or where the first run is told to start. */
  async #position(head: BlockHeader): Promise<Position> {
    const known = await findCursor(this.#cursorName)
    if (known) {
      return known
    }

    const { chainId, clock, fromBlock, logger } = this.#options
    const start = { blockNumber: (fromBlock ?? head.number) - 1, blockHash: null }
    await createCursor(this.#cursorName, chainId, start, clock.now())
    logger.info(`first run: reading from block ${start.blockNumber + 1}`)
    return start
  }

  async #step(position: Position, head: BlockHeader): Promise<Position> {
    const from = position.blockNumber + 1
    const farEnd = head.number - NEAR_HEAD_BLOCKS

    if (from <= farEnd) {
      const to = Math.min(from + this.#options.batchSize - 1, farEnd)
      const range = await readRange(this.#options.endpoints, from, to, this.#filter)
      return this.#commit(position, { blockNumber: range.to, blockHash: null }, range.logs, head)
    }

    const { header, logs } = await readBlock(this.#options.endpoints, from, this.#filter)
    return this.#commit(position, { blockNumber: from, blockHash: header.hash }, logs, head)
  }

  /** Facts and the cursor that passed them are written together or not at all. */
  async #commit(from: Position, to: Position, logs: ChainLog[], head: BlockHeader) {
    const { chainId, clock } = this.#options
    const reading = this.#readLogs(logs)

    const stored = await writeTransaction(async (trx) => {
      const now = clock.now()
      await moveCursor(trx, this.#cursorName, from, to, head.number, now)
      return storeReading(trx, chainId, reading, now)
    })

    this.#report.add(stored, to.blockNumber, head.number)
    return to
  }
}
