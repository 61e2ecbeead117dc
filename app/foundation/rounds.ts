import { AsyncLocalStorage } from 'node:async_hooks'
import type { Clock } from '#foundation/clock'

/** The progress of a process. Times are epoch milliseconds. */
export interface Progress {
  /** What was read or done last, in a few words; null before anything was said. */
  worksOn: string | null
  /** Rounds that have ended, and steps within them. */
  steps: number
  /** When the last of them ended. */
  progressAt: number
  /** Since when the round that has been under way longest has not got ahead; null between two rounds. */
  waitingSince: number | null
}

/** A round of a loop, within another one or not. */
interface Round {
  rounds: Rounds
  outer?: Round
}

const current = new AsyncLocalStorage<Round>()

/**
 * The rounds that the loops of one process make. A process that lives is not one that works: a loop
 * whose round does not end and makes no progress is stuck while all others go on.
 */
export class Rounds {
  /** The rounds that are under way, and when each got ahead last. */
  readonly #underWay = new Map<Round, number>()
  readonly #clock: Clock
  #worksOn: string | null = null
  #steps = 0
  #progressAt: number

  constructor(clock: Clock) {
    this.#clock = clock
    this.#progressAt = clock.now()
  }

  get progress(): Progress {
    const since = this.#underWay.size > 0 ? Math.min(...this.#underWay.values()) : null
    const [worksOn, steps, progressAt] = [this.#worksOn, this.#steps, this.#progressAt]
    return { worksOn, steps, progressAt, waitingSince: since }
  }

  /** Runs work whose loops are those of this process. */
  follow<T>(work: () => Promise<T>): Promise<T> {
    return current.run({ rounds: this }, work)
  }

  /** Something is done that belongs to no round, such as an answer. */
  count() {
    this.#steps++
    this.#progressAt = this.#clock.now()
  }

  /** A round begins. */
  begin(round: Round) {
    this.#underWay.set(round, this.#clock.now())
  }

  /** A round, and those around it, got ahead. */
  step(round: Round, worksOn?: string) {
    const now = this.#clock.now()
    this.count()
    this.#worksOn = worksOn ?? this.#worksOn
    for (let one: Round | undefined = round; one; one = one.outer) {
      if (this.#underWay.has(one)) this.#underWay.set(one, now)
    }
  }

  end(round: Round) {
    this.#underWay.delete(round)
  }
}

/**
 * Runs one round of a loop: what the loop does before it rests. A process that nothing watches, such as
 * a short command, runs it just so.
 */
export async function inRound<T>(work: () => Promise<T>): Promise<T> {
  const outer = current.getStore()
  if (!outer) return work()

  const { rounds } = outer
  const round: Round = { rounds, outer }
  rounds.begin(round)
  try {
    return await current.run(round, work)
  } finally {
    rounds.step(round)
    rounds.end(round)
  }
}

/**
 * Says within a round that it has got ahead: a part is stored, or a node has answered.
 *
 * @param worksOn what was done, in at most 96 characters
 */
export function gotAhead(worksOn?: string) {
  const round = current.getStore()
  round?.rounds.step(round, worksOn)
}
