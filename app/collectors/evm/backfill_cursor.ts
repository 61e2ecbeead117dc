import { createHash } from 'node:crypto'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Clock } from '#foundation/clock'
import type { Source } from '#sources/define_source'
import {
  createCursor,
  findCursor,
  forgetRange,
  moveCursor,
  rangeOf,
  rememberRange,
  restartCursor,
  type Position,
} from '#collectors/store/cursor'

export interface BackfillCursorOptions {
  chainId: number
  sources: readonly Source[]
  /** First and last block, both included; the last one has to be finalized. */
  from: number
  to: number
  /** The end was not named: the same command goes on later where the chain has grown. */
  isOpenEnded?: boolean
  /** Begins at the first block, also where these blocks were read before. */
  again?: boolean
  /** Reads and counts, but stores nothing. */
  isDryRun: boolean
  clock: Clock
}

/** How far the blocks of a backfill are read for its sources. A dry run leaves the stored cursor alone. */
export class BackfillCursor {
  readonly #options: BackfillCursorOptions
  readonly #name: string
  #position: Position
  #isRestarted = false

  constructor(options: BackfillCursorOptions) {
    this.#options = options
    this.#name = nameOf(options)
    this.#position = this.#start
  }

  get position(): Position {
    return this.#position
  }

  /** Goes to where the stored cursor is; with `again` it is set back to the start, once. */
  async load() {
    const { again, chainId, clock, isDryRun, to } = this.#options
    if (isDryRun) return

    if (again && !this.#isRestarted) {
      await restartCursor(this.#name, chainId, this.#start, clock.now())
      this.#isRestarted = true
    }
    await createCursor(this.#name, chainId, this.#start, clock.now())
    const stored = (await findCursor(this.#name)) ?? this.#start
    this.#position = stored.blockNumber > to ? { blockNumber: to, blockHash: null } : stored
  }

  /**
   * Moves the stored cursor in the transaction that stores what was read on the way.
   *
   * @throws CursorMovedError when another process has moved it
   */
  async move(trx: TransactionClientContract, to: Position, now: number) {
    await moveCursor(
      trx,
      this.#name,
      this.#position,
      to,
      { number: this.#options.to, lateMs: null },
      now
    )
  }

  /** The move is committed; a dry run has nothing to commit. */
  moved(to: Position) {
    this.#position = to
  }

  /**
   * Goes back to the block before `from`, because what was read since may have been replaced. That is
   * kept in mind before anything else, until `settled`: a kill in between must not leave facts of
   * replaced blocks.
   */
  async goBack(from: number) {
    const { chainId, clock, isDryRun } = this.#options
    const back: Position = { blockNumber: from - 1, blockHash: null }
    if (!isDryRun) {
      const replaced = { from, to: this.#position.blockNumber }
      await rememberRange(this.#replacedName, chainId, replaced, clock.now())
      await restartCursor(this.#name, chainId, back, clock.now())
    }
    this.#position = back
  }

  /** Blocks, both ends included, of which facts may stand that the chain does not have; null for none. */
  replaced(): Promise<{ from: number; to: number } | null> {
    return rangeOf(this.#replacedName)
  }

  /** Those were audited. */
  async settled() {
    await forgetRange(this.#replacedName)
  }

  get #replacedName(): string {
    return shortName(`${this.#name}:replaced`)
  }

  get #start(): Position {
    return { blockNumber: this.#options.from - 1, blockHash: null }
  }
}

/** The longest name of a cursor, in characters. */
const LONGEST_NAME = 64

/** The same for the same command. */
function nameOf({ chainId, sources, from, to, isOpenEnded }: BackfillCursorOptions): string {
  const names = sources.map(({ name }) => name).join('+')
  const name = `backfill:${chainId}:${names}:${from}-${isOpenEnded ? '' : to}`
  return shortName(name)
}

function shortName(name: string): string {
  return name.length <= LONGEST_NAME
    ? name
    : `backfill:${createHash('sha256').update(name).digest('base64url')}`
}
