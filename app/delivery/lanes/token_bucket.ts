/** How much of a second's allowance may be used at once. */
const BURST_SECONDS = 0.1

/** Spreads what begins over time: no more than so many in a second, in small steps. */
export class TokenBucket {
  readonly #perSecond: number
  readonly #size: number
  #tokens: number
  #countedAt = 0

  constructor(perSecond: number) {
    this.#perSecond = perSecond
    this.#size = Math.max(1, perSecond * BURST_SECONDS)
    this.#tokens = this.#size
  }

  /**
   * In how many milliseconds there will be a token, 0 if there is one. `now` is in epoch
   * milliseconds; a clock that was set back adds nothing.
   */
  waitMs(now: number): number {
    const passed = Math.max(0, now - this.#countedAt)
    this.#tokens = Math.min(this.#size, this.#tokens + (passed / 1000) * this.#perSecond)
    this.#countedAt = now
    return Math.max(0, Math.ceil(((1 - this.#tokens) / this.#perSecond) * 1000))
  }

  /** Takes the token that there is. */
  take() {
    this.#tokens--
  }
}
