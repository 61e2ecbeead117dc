import type { Logger } from '@adonisjs/core/logger'
import type { Clock } from '#foundation/clock'
import type { StoredCounts } from '#collectors/chain_reader'

/** Time between two lines in the log, in milliseconds. */
const LOG_EVERY_MS = 10_000

/** Says what was stored; the line in the log names the block before it. */
export type InWords = (stored: StoredCounts) => string

/** Sums up what was stored and logs it in one line, every 10 s at most. */
export class ScanReport {
  /** By the clock's `elapsed`. */
  #loggedAt: number
  #sum: StoredCounts = {}

  constructor(
    private readonly inWords: InWords,
    private readonly logger: Logger,
    private readonly clock: Clock
  ) {
    this.#loggedAt = clock.elapsed()
  }

  add(stored: StoredCounts, block: number, head: number) {
    for (const [kind, count] of Object.entries(stored)) {
      this.#sum[kind] = (this.#sum[kind] ?? 0) + count
    }
    if (this.clock.elapsed() - this.#loggedAt >= LOG_EVERY_MS) {
      const place = block === head ? `at the head, block ${block}` : `block ${block} of ${head}`
      this.logger.info(`${place}: ${this.inWords(this.#sum)}`)
      this.#loggedAt = this.clock.elapsed()
      this.#sum = {}
    }
  }
}
