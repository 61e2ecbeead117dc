import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import type { SeenHead, StoredCounts, StoreReading, UnreadRange } from '#collectors/chain_reader'
import { createCursor, findCursor, moveCursor, type Position } from '#collectors/store/cursor'
import { recordGaps } from '#collectors/store/gaps'
import type { Lease } from '#foundation/db/lease'
import { rememberBlock } from '#collectors/store/recent_blocks'
import { endHolds, hold, isAccepted, RetractionHeldError } from '#collectors/store/holds'
import type { Retraction } from '#collectors/store/holds'
import { countFacts, retractAfter } from '#collectors/store/retract'

interface Options<Reading> {
  chainId: number
  cursorName: string
  /** Whether blocks may still be reorged when they are stored. */
  isRevertible: boolean
  store: StoreReading<Reading>
  /** The largest share of a day's facts that a reorg may take back; 0.01 where it is not set. */
  largestShare?: number
  lease: Lease
  clock: Clock
}

/** A reorg may take back this share of a day's facts, but always so many: some 100 s of BSC. */
const LARGEST_SHARE = 0.01
const ALWAYS_ALLOWED = 1_000

/** Blocks of a day, where they come every 0.45 s. */
const DAY_BLOCKS = 192_000

/** Rolls back what would take back too much. */
class TooMuch extends Error {
  constructor(readonly retraction: Retraction) {
    super('too much would be taken back')
  }
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
    head: SeenHead,
    reading: Reading | null,
    gaps: UnreadRange[] = []
  ): Promise<StoredCounts> {
    const { chainId, cursorName, isRevertible, store } = this.options

    return this.#write(async (trx, now) => {
      await moveCursor(trx, cursorName, from, to, head, now)
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
   * @throws RetractionHeldError when that were too many; nothing is changed
   */
  async goBack(from: Position, fork: Position, head: SeenHead): Promise<number> {
    const { chainId, clock, cursorName, largestShare = LARGEST_SHARE } = this.options
    const blocks = { fromBlock: fork.blockNumber + 1, toBlock: from.blockNumber }
    const reorg = { chainId, kind: 'reorg' as const, ...blocks, facts: 0, covered: 0 }
    const isFree = await isAccepted(reorg)

    try {
      const retracted = await this.#write(async (trx, now) => {
        await moveCursor(trx, cursorName, from, fork, head, now)
        const facts = await retractAfter(trx, chainId, fork.blockNumber, now)
        if (facts > ALWAYS_ALLOWED && !isFree) {
          const covered = facts + (await countFacts(trx, chainId, fork.blockNumber - DAY_BLOCKS))
          if (facts > covered * largestShare) throw new TooMuch({ ...reorg, facts, covered })
        }
        return facts
      })
      await (isFree ? endHolds(reorg, clock.now()) : undefined)
      return retracted
    } catch (error) {
      if (!(error instanceof TooMuch)) throw error
      const id = await hold(error.retraction, clock.now())
      throw new RetractionHeldError(error.retraction, id)
    }
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
