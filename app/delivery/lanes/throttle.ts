import type { Clock } from '#foundation/clock'
import { TokenBucket } from '#delivery/lanes/token_bucket'

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

  /** @param ratePerSecond null for any number of requests */
  constructor(ratePerSecond: number | null, host: ThrottleHost) {
    this.#host = host
    this.#bucket = ratePerSecond === null ? null : new TokenBucket(ratePerSecond)
  }

  /** Whether the rate allows a request at `now`, in epoch milliseconds; if not, it is told when it does. */
  admits(now: number): boolean {
    const waitMs = this.#bucket?.waitMs(now) ?? 0
    if (waitMs > 0 && !this.#isWaiting) {
      void this.#wait(waitMs)
    }
    return waitMs === 0
  }

  /** Notes that a request begins. */
  begin() {
    this.#bucket?.take()
  }

  async #wait(ms: number) {
    this.#isWaiting = true
    await this.#host.clock.sleep(ms, this.#host.signal)
    this.#isWaiting = false
    this.#host.onReady()
  }
}
