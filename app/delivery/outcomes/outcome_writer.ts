import type { Clock } from '#foundation/clock'
import type { Outcome } from '#delivery/outcomes/outcome'
import { RefusedOutcomes, storeInPieces } from '#delivery/outcomes/refused_outcomes'

/** How many outcomes are written together at most. */
const MOST_AT_ONCE = 1000

/**
 * How many may wait to be written: those being written, and as many as gather meanwhile. With more
 * of them memory would grow, and what goes again after a crash.
 */
const MOST_BEHIND = 2 * MOST_AT_ONCE

/**
 * How long outcomes gather before that, in milliseconds: so long that writing takes a tenth of the
 * time, within these bounds. What gathers goes again when the process dies, so it is kept short.
 */
const SHORTEST_GATHER_MS = 5
const LONGEST_GATHER_MS = 50
const WRITING_SHARE = 0.1

/** With more refused of one batch than this, the fault is the database's and not theirs. */
const MOST_REFUSED = 10

/** How long to leave a database alone that could not be written to, in milliseconds. */
const PAUSE_AFTER_FAULT_MS = 1000

interface OutcomeWriterHost {
  store(outcomes: readonly Outcome[]): Promise<void>
  /** @param wasBehind whether somebody may have held back meanwhile */
  onStored(outcomes: readonly Outcome[], wasBehind: boolean): void
  /** Whether there is more to come soon. If not, waiting for it gains nothing. */
  expectsMore(): boolean
  onFault(error: Error): void
  /** The database refuses this outcome for what it holds; it is tried again later. */
  onRefused(outcome: Outcome, error: Error): void
  /** It is refused for good. */
  onGivenUp(outcome: Outcome, error: Error): void
}

/**
 * Gathers outcomes and has them stored in batches. While the database cannot be written they are
 * kept and tried again, so that an accepted delivery is not forgotten. One that the database
 * refuses for what it holds is set aside, so that it holds up no other.
 */
export class OutcomeWriter {
  readonly #host: OutcomeWriterHost
  readonly #clock: Clock
  readonly #refused: RefusedOutcomes
  #gathered: Outcome[] = []
  #writing: Promise<void> | null = null
  #gatherMs = SHORTEST_GATHER_MS

  constructor(host: OutcomeWriterHost, clock: Clock) {
    this.#host = host
    this.#clock = clock
    this.#refused = new RefusedOutcomes(
      {
        again: (outcome) => this.add([outcome]),
        onRefused: (outcome, error) => host.onRefused(outcome, error),
        onGivenUp: (outcome, error) => host.onGivenUp(outcome, error),
      },
      clock
    )
  }

  /** More is sent than the database can note: nothing new should begin. */
  get isBehind(): boolean {
    return this.#gathered.length > MOST_BEHIND
  }

  add(outcomes: readonly Outcome[]) {
    this.#gathered.push(...outcomes)
    this.#writing ??= this.#write()
  }

  /** Resolves when everything added so far is stored. */
  async drain() {
    do {
      await this.#writing
    } while (await this.#refused.hurry())
  }

  async #write() {
    while (this.#gathered.length > 0) {
      await this.#gather()
      const startedAt = this.#clock.elapsed()
      try {
        await this.#store(this.#gathered.slice(0, MOST_AT_ONCE))
        this.#gatherMs = gatherTime(this.#clock.elapsed() - startedAt)
      } catch (error) {
        this.#host.onFault(error as Error)
        await this.#clock.sleep(PAUSE_AFTER_FAULT_MS)
      }
    }
    this.#writing = null
  }

  async #store(batch: readonly Outcome[]) {
    let refused = 0
    for await (const { outcomes, refusal } of storeInPieces(this.#host.store, batch)) {
      if (refusal && ++refused > MOST_REFUSED) {
        throw refusal
      }
      const wasBehind = this.isBehind
      this.#gathered.splice(0, outcomes.length)
      if (refusal) {
        this.#refused.setAside(outcomes[0]!, refusal)
      } else {
        this.#host.onStored(outcomes, wasBehind)
      }
    }
  }

  /** Waits for more, in steps, as what is on its way may run out. */
  async #gather() {
    const startedAt = this.#clock.elapsed()
    do {
      if (this.#gathered.length >= MOST_AT_ONCE) {
        return
      }
      await this.#clock.sleep(SHORTEST_GATHER_MS)
    } while (this.#host.expectsMore() && this.#clock.elapsed() - startedAt < this.#gatherMs)
  }
}

function gatherTime(writingMs: number): number {
  const wanted = writingMs / WRITING_SHARE - writingMs
  return Math.min(Math.max(wanted, SHORTEST_GATHER_MS), LONGEST_GATHER_MS)
}
