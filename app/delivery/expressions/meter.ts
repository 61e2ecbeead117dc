/**
 * What one expression may do for one event, in steps of about a nanosecond. An ordinary filter takes
 * some thousand, and whoever wrote it, the worst takes two milliseconds.
 */
const MOST_STEPS = 500_000

/** An expression that would take too long for an event. */
class TooMuchWork extends Error {
  constructor() {
    super('it takes too much work for this event: compare shorter texts, or fewer of them')
  }
}

/** Counts the steps of an expression while it is evaluated, so that none holds up the others. */
export class Meter {
  #left = 0

  /** Steps since `begin`. */
  get used(): number {
    return MOST_STEPS - this.#left
  }

  /** Begins anew, for the next event. */
  begin() {
    this.#left = MOST_STEPS
  }

  /**
   * Notes steps that are about to be taken.
   *
   * @throws TooMuchWork when there are not so many left
   */
  charge(steps: number) {
    this.#left -= steps
    this.check()
  }

  /** @throws TooMuchWork when there were too many; the language forgets errors beside an `||` */
  check() {
    if (this.#left < 0) {
      throw new TooMuchWork()
    }
  }
}
