import type { Clock } from '#foundation/clock'
import type { Endpoint } from '#foundation/rpc/endpoint'

/** Of an endpoint that has proven itself, one answer in so many is checked. */
const RAREST = 32

/** What a caught endpoint has shown is doubted so many blocks back: some hours of BSC. */
const DOUBTED_BLOCKS = 20_000

/** How much the newest answer counts in the rate of logs. */
const NEWEST_COUNTS = 0.2

interface Doubt {
  from: number
  to: number
}

interface Trust {
  /** One answer in so many is checked. */
  every: number
  /** Answers until the next check. */
  left: number
  /** The first block that it was believed about. */
  since: number
}

/**
 * When to check what endpoints show: the first answers of each at once, later ones more and more
 * seldom as long as checks hold. One that was caught begins anew.
 */
export class SpotChecks {
  readonly #trust = new WeakMap<Endpoint, Trust>()
  #doubts: Doubt[] = []
  #unprovenSince: number | null = null
  #logsPerBlock = 0

  constructor(private readonly clock: Clock) {}

  /** Since when no check could be made of what is read (epoch milliseconds); null while they can. */
  get unprovenSince(): number | null {
    return this.#unprovenSince
  }

  /** Counts an answer about blocks from `block` on, and tells whether it is to be checked. */
  isDue(endpoint: Endpoint, block: number): boolean {
    const trust = this.#trust.get(endpoint) ?? { every: 1, left: 1, since: block }
    this.#trust.set(endpoint, trust)
    trust.left--
    return trust.left <= 0
  }

  /** A check has shown that the answer is whole. */
  held(endpoint: Endpoint) {
    this.#unprovenSince = null
    this.#relax(endpoint)
  }

  /** What is read proves itself: no answer has to be believed. */
  proved() {
    this.#unprovenSince = null
  }

  /** There was nothing to compare the answer with. */
  failed(endpoint: Endpoint) {
    this.#unprovenSince ??= this.clock.now()
    this.#relax(endpoint)
  }

  /** The answer about `block` was wrong: those before may have been, though others of them held. */
  caught(endpoint: Endpoint, block: number) {
    const { since } = this.#trust.get(endpoint) ?? { since: block }
    this.#trust.set(endpoint, { every: 1, left: 1, since: block + 1 })
    this.doubt(Math.max(since, block - DOUBTED_BLOCKS), block - 1)
  }

  /** Blocks, both ends included, of which logs may be missing in what was read. */
  doubt(from: number, to: number) {
    if (from <= to) {
      this.#doubts.push({ from, to })
    }
  }

  /**
   * Hands over what has come into doubt since the last time: it has to be read again. What could not
   * be stored is in doubt still.
   *
   * @throws what `store` throws
   */
  async handOverDoubts<T>(store: (doubts: Doubt[]) => Promise<T>): Promise<T> {
    const doubts = this.#doubts.splice(0)
    try {
      return await store(doubts)
    } catch (error) {
      this.#doubts.unshift(...doubts)
      throw error
    }
  }

  /** How many logs so many blocks hold, as far as the ranges read before tell. */
  expectedLogs(blocks: number): number {
    return this.#logsPerBlock * blocks
  }

  sawLogs(logs: number, blocks: number) {
    this.#logsPerBlock += (logs / blocks - this.#logsPerBlock) * NEWEST_COUNTS
  }

  #relax(endpoint: Endpoint) {
    const trust = this.#trust.get(endpoint)
    if (trust) {
      trust.every = Math.min(trust.every * 2, RAREST)
      trust.left = trust.every
    }
  }
}
