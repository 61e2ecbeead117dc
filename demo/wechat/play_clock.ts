import type { Clock } from '#foundation/clock'

/** A clock that runs like another one, and can be set forward. */
export class PlayClock {
  readonly #base: Clock
  #ahead = 0

  constructor(base: Clock) {
    this.#base = base
  }

  /** Epoch milliseconds. */
  now(): number {
    return this.#base.now() + this.#ahead
  }

  advance(ms: number) {
    this.#ahead += ms
  }
}
