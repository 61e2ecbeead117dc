import type { Clock } from '#foundation/clock'

/** How long it counts that no endpoint answered, in milliseconds. */
const FORGET_MS = 600_000

/** Whether endpoints answer at all. */
export class Silence {
  /** `seenAt` is by the clock's `elapsed`. */
  #found?: { since: number; seenAt: number }

  constructor(private readonly clock: Clock) {}

  /** One of them has answered. */
  end() {
    this.#found = undefined
  }

  /** None of them has answered. */
  found() {
    const since = this.#found?.since ?? this.clock.now()
    this.#found = { since, seenAt: this.clock.elapsed() }
  }

  /**
   * Since when none has answered (epoch milliseconds); null while one does. What was found long ago
   * says nothing: a standby does not ask.
   */
  since(): number | null {
    const found = this.#found
    return found && this.clock.elapsed() - found.seenAt < FORGET_MS ? found.since : null
  }
}
