/** Lets so many things happen within a time, counted back from each. */
export class Allowance {
  readonly #most: () => number
  readonly #withinMs: number
  readonly #times: number[] = []

  constructor(most: () => number, withinMs: number) {
    this.#most = most
    this.#withinMs = withinMs
  }

  /** Counts one more, unless it is one too many. @param now epoch milliseconds */
  mayDo(now: number): boolean {
    while (this.#times.length > 0 && now - this.#times[0]! >= this.#withinMs) this.#times.shift()
    if (this.#times.length >= this.#most()) return false
    this.#times.push(now)
    return true
  }
}
