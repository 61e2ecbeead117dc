import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import type { StoredCounts, StoreReading, UnreadRange } from '#collectors/chain_reader'
import { createCursor, findCursor, moveCursor, type Position } from '#collectors/store/cursor'
import { recordGaps } from '#collectors/store/gaps'
import type { Lease } from '#foundation/db/lease'
import { rememberBlock } from '#collectors/store/recent_blocks'
import { retractAfter } from '#collectors/store/retract'

interface Options<Reading> {
  chainId: number
  cursorName: string
  /** Whether blocks may still be reorged when they are stored. */
  isRevertible: boolean
  store: StoreReading<Reading>
  lease: Lease
  clock: Clock
}

/** The facts of a chain and the cursor behind them. Every write needs the lease. */
export class ChainStore<Reading> {
  constructor(private readonly options: Options<Reading>) {}

  get cursorName(): string {
    return this.options.cursorName
  }

  /** Where reading goes on; null before the first run. */
  position(): Promise<Position | null> {
    return findCursor(this.options.cursorName)
  }

  async start(at: Position) {
    const { chainId, clock, cursorName } = this.options
    await createCursor(cursorName, chainId, at, clock.now())
  }

  /**
   * Stores what was read on the way from `from` to `to`, together with the cursor or not at all. Where
   * the reading is null, only the cursor moves.
   *
   * @throws LeaseLostError
   * @throws CursorMovedError when the stored position is not `from`
   */
  advance(
    from: Position,
    to: Position,
    headBlock: number,
    reading: Reading | null,
    gaps: UnreadRange[] = []
  ): Promise<StoredCounts> {
    const { chainId, cursorName, isRevertible, store } = this.options

    return this.#write(async (trx, now) => {
      await moveCursor(trx, cursorName, from, to, headBlock, now)
      await recordGaps(trx, chainId, gaps, now)
      if (isRevertible && to.blockHash !== null) {
        await rememberBlock(trx, chainId, { number: to.blockNumber, hash: to.blockHash })
      }
      return reading === null ? {} : store(trx, reading, now)
    })
  }

  /**
   * Goes back from `from` to `fork` and retracts everything that was read after it.
   *
   * @returns how many facts were retracted
   * @throws LeaseLostError
   * @throws CursorMovedError when the stored position is not `from`
   */
  goBack(from: Position, fork: Position, headBlock: number): Promise<number> {
    const { chainId, cursorName } = this.options

    return this.#write(async (trx, now) => {
      await moveCursor(trx, cursorName, from, fork, headBlock, now)
      return retractAfter(trx, chainId, fork.blockNumber, now)
    })
  }

  #write<T>(work: (trx: TransactionClientContract, now: number) => Promise<T>): Promise<T> {
    const { clock, lease } = this.options

    return writeTransaction(async (trx) => {
      const now = clock.now()
      await lease.hold(trx, now)
      return work(trx, now)
    })
  }
}
