import type { Clock } from '#foundation/clock'
import type { Outcome } from '#delivery/outcome'

/** How long outcomes gather before they are written together, and how many at most, in milliseconds. */
const GATHER_MS = 5
const MOST_AT_ONCE = 1000

/** How long to leave a database alone that could not be written to, in milliseconds. */
const PAUSE_AFTER_FAULT_MS = 1000

/**
 * Gathers outcomes and has them stored in batches. While the database cannot be written they are
 * kept and tried again, so that an accepted delivery is not forgotten.
 */
export class OutcomeWriter {
  readonly #store: (outcomes: readonly Outcome[]) => Promise<void>
  readonly #clock: Clock
  readonly #onFault: (error: Error) => void
  #gathered: Outcome[] = []
  #writing: Promise<void> | null = null

  constructor(
    store: (outcomes: readonly Outcome[]) => Promise<void>,
    clock: Clock,
    onFault: (error: Error) => void
  ) {
    this.#store = store
    this.#clock = clock
    this.#onFault = onFault
  }

  /** Outcomes that are not stored yet. */
  get backlog(): number {
    return this.#gathered.length
  }

  add(outcomes: readonly Outcome[]) {
    this.#gathered.push(...outcomes)
    this.#writing ??= this.#write()
  }

  /** Resolves when everything added so far is stored. */
  async drain() {
    await this.#writing
  }

  async #write() {
    await this.#clock.sleep(GATHER_MS)
    while (this.#gathered.length > 0) {
      const batch = this.#gathered.slice(0, MOST_AT_ONCE)
      try {
        await this.#store(batch)
        this.#gathered.splice(0, batch.length)
      } catch (error) {
        this.#onFault(error as Error)
        await this.#clock.sleep(PAUSE_AFTER_FAULT_MS)
      }
    }
    this.#writing = null
  }
}
