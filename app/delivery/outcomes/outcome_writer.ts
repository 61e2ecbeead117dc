import type { Clock } from '#foundation/clock'
import { inRound } from '#foundation/rounds'
import type { DeliveryLog } from '#delivery/delivery_log'
import type { WakeUp } from '#delivery/wake_up'
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

interface OutcomeWriterParts {
  /**
   * Writes outcomes in one transaction.
   *
   * @param mayBeStored they were written before, and it is not known whether that was done
   */
  store: (outcomes: readonly Outcome[], mayBeStored: boolean) => Promise<void>
  log: Pick<DeliveryLog, 'fault' | 'outcomeRefused' | 'outcomeGivenUp'>
  wakeUp: Pick<WakeUp, 'notify'>
  clock: Clock
}

/**
 * Gathers outcomes and has them stored in batches. While the database cannot be written they are
 * kept and tried again, so that an accepted delivery is not forgotten. One that the database
 * refuses for what it holds waits apart, so that it holds up no other. What makes new work wakes the
 * sender.
 */
export class OutcomeWriter {
  readonly #parts: OutcomeWriterParts
  readonly #clock: Clock
  readonly #refused: RefusedOutcomes
  /** Refused outcomes that are not added again yet. */
  readonly #apart = new Set<Promise<unknown>>()
  #gathered: Outcome[] = []
  #writing: Promise<void> | null = null
  #gatherMs = SHORTEST_GATHER_MS
  /** The database did not say what became of the last try, as when a session is lost during COMMIT. */
  #mayBeStored = false
  /** Attempts under way, whose outcomes come soon. Without any, waiting for more gains nothing. */
  expected = 0

  constructor(parts: OutcomeWriterParts) {
    this.#parts = parts
    this.#clock = parts.clock
    this.#refused = new RefusedOutcomes(parts.log, parts.clock)
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
    } while (await this.#hurryRefused())
  }

  /** As `drain`, though more may come all the time; what the database refuses waits on. */
  async written() {
    const last = this.#gathered.at(-1)
    while (last && this.#gathered.includes(last)) {
      await this.#clock.sleep(SHORTEST_GATHER_MS)
    }
  }

  async #write() {
    while (this.#gathered.length > 0) {
      await this.#gather()
      const startedAt = this.#clock.elapsed()
      try {
        await inRound(() => this.#store(this.#gathered.slice(0, MOST_AT_ONCE)))
        this.#mayBeStored = false
        this.#gatherMs = gatherTime(this.#clock.elapsed() - startedAt)
      } catch (error) {
        this.#mayBeStored = true
        this.#parts.log.fault(error as Error)
        await this.#clock.sleep(PAUSE_AFTER_FAULT_MS)
      }
    }
    this.#writing = null
  }

  async #store(batch: readonly Outcome[]) {
    let refused = 0
    const store = (outcomes: readonly Outcome[]) => this.#parts.store(outcomes, this.#mayBeStored)
    for await (const { outcomes, refusal } of storeInPieces(store, batch)) {
      if (refusal && ++refused > MOST_REFUSED) {
        throw refusal
      }
      const wasBehind = this.isBehind
      this.#gathered.splice(0, outcomes.length)
      if (refusal) {
        this.#keepApart(outcomes[0]!, refusal)
      } else if (wasBehind || outcomes.some(makesWork)) {
        this.#parts.wakeUp.notify()
      }
    }
  }

  /** Adds a refused outcome once more when its time has come, or lets it go. */
  #keepApart(outcome: Outcome, refusal: Error) {
    const waiting = this.#refused.wait(outcome, refusal).then((next) => {
      this.#apart.delete(waiting)
      this.add(next ? [next] : [])
    })
    this.#apart.add(waiting)
  }

  /** Lets no refused outcome wait any longer. Answers whether there was one. */
  async #hurryRefused(): Promise<boolean> {
    this.#refused.hurry()
    const apart = [...this.#apart]
    await Promise.all(apart)
    return apart.length > 0
  }

  /** Waits for more, in steps, as what is on its way may run out. */
  async #gather() {
    const startedAt = this.#clock.elapsed()
    do {
      if (this.#gathered.length >= MOST_AT_ONCE) {
        return
      }
      await this.#clock.sleep(SHORTEST_GATHER_MS)
    } while (this.expected > 0 && this.#clock.elapsed() - startedAt < this.#gatherMs)
  }
}

function gatherTime(writingMs: number): number {
  const wanted = writingMs / WRITING_SHARE - writingMs
  return Math.min(Math.max(wanted, SHORTEST_GATHER_MS), LONGEST_GATHER_MS)
}

/** The job is to be tried again, or others of its token may go now. */
function makesWork({ status, freesOthers }: Outcome): boolean {
  return status === 'pending' || freesOthers
}
