import type { Clock } from '#foundation/clock'
import type { Rate } from '#delivery/channel'

interface ThrottleHost {
  clock: Clock
  /** Ends a wait. */
  signal: AbortSignal
  /** A request may begin that had to wait. */
  onReady(): void
}

/** Holds requests back to the rate that a target allows, and says when the next may begin. */
export class Throttle {
  readonly #host: ThrottleHost
  readonly #bucket: TokenBucket | null
  #isWaiting = false

  /** @param rate null for any number of requests */
  constructor(rate: Rate | null, host: ThrottleHost) {
    this.#host = host
    this.#bucket = rate && new TokenBucket(rate)
  }

  /** Whether the rate allows a request now; if not, it is told when it does. */
  get admits(): boolean {
    const waitMs = this.#waitMs
    if (waitMs > 0 && !this.#isWaiting) {
      void this.#wait(waitMs)
    }
    return waitMs === 0
  }

  /** Notes that a request begins. */
  begin() {
    this.#bucket?.take()
  }

  /** Resolves when the rate allows a request, or the lane is closed. */
  async ready() {
    const { clock, signal } = this.#host
    for (let ms = this.#waitMs; ms > 0 && !signal.aborted; ms = this.#waitMs) {
      await clock.sleep(ms, signal)
    }
  }

  get #waitMs(): number {
    return this.#bucket?.waitMs(this.#host.clock.elapsed()) ?? 0
  }

  async #wait(ms: number) {
    this.#isWaiting = true
    await this.#host.clock.sleep(ms, this.#host.signal)
    this.#isWaiting = false
    this.#host.onReady()
  }
}

/** What a rate allows in this time, in milliseconds, may be used at once. */
const BURST_MS = 100

/** Spreads what begins over time, in small steps. */
export class TokenBucket {
  readonly #perMs: number
  readonly #size: number
  #tokens: number
  #countedAt = 0

  constructor({ requests, perMs }: Rate) {
    this.#perMs = requests / perMs
    this.#size = Math.max(1, this.#perMs * BURST_MS)
    this.#tokens = this.#size
  }

  /**
   * In how many milliseconds there will be a token, 0 if there is one. `now` is by the clock's
   * `elapsed`.
   */
  waitMs(now: number): number {
    const passed = now - this.#countedAt
    this.#tokens = Math.min(this.#size, this.#tokens + passed * this.#perMs)
    this.#countedAt = now
    return Math.max(0, Math.ceil((1 - this.#tokens) / this.#perMs))
  }

  /** Takes the token that there is. */
  take() {
    this.#tokens--
  }
}
