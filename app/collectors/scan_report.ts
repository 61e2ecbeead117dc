import type { Logger } from '@adonisjs/core/logger'
import type { Clock } from '#foundation/clock'
import type { StoredCounts } from '#collectors/chain_reader'

/** How often what was stored is told, in milliseconds. */
const TELL_EVERY_MS = 10_000

/** What was stored, in words that stand behind a place on the chain and a colon. */
export type InWords = (stored: StoredCounts) => string

/** Sums up what is stored and tells it in a line every 10 s, when there is something to tell. */
export class ScanReport {
  #told: number
  #sum: StoredCounts = {}

  constructor(
    private readonly inWords: InWords,
    private readonly logger: Logger,
    private readonly clock: Clock
  ) {
    this.#told = clock.now()
  }

  add(stored: StoredCounts, block: number, head: number) {
    for (const [sort, count] of Object.entries(stored)) {
      this.#sum[sort] = (this.#sum[sort] ?? 0) + count
    }
    if (this.clock.now() - this.#told >= TELL_EVERY_MS) {
      const place = block === head ? `at the head, block ${block}` : `block ${block} of ${head}`
      this.logger.info(`${place}: ${this.inWords(this.#sum)}`)
      this.#told = this.clock.now()
      this.#sum = {}
    }
  }
}
