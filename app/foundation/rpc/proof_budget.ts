import type { Clock } from '#foundation/clock'

/** The share of the time that proofs may take, and how long they may take all of it, in milliseconds. */
const SHARE = 0.5
const LONGEST_MS = 60_000

/** How much time there is for proofs: where they take too much of it, reading would fall behind. */
export class ProofBudget {
  #leftMs = LONGEST_MS
  #countedAt: number

  constructor(private readonly clock: Clock) {
    this.#countedAt = clock.elapsed()
  }

  get isLeft(): boolean {
    const now = this.clock.elapsed()
    this.#leftMs = Math.min(LONGEST_MS, this.#leftMs + (now - this.#countedAt) * SHARE)
    this.#countedAt = now
    return this.#leftMs > 0
  }

  /** Runs a proof on account of the budget. */
  async spend<T>(prove: () => Promise<T>): Promise<T> {
    const startedAt = this.clock.elapsed()
    try {
      return await prove()
    } finally {
      this.#leftMs -= this.clock.elapsed() - startedAt
    }
  }
}
