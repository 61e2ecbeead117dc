import { backoff } from '#foundation/backoff'
import type { Verdict } from '#delivery/channel'

/** How long to leave an overloaded receiver alone, in milliseconds: twice as long with each failed probe. */
export interface PausePolicy {
  firstMs: number
  longestMs: number
}

/** A receiver may ask for a longer pause than ours, up to this, in milliseconds. */
const LONGEST_ASKED_MS = 3_600_000

/**
 * Stops sending to a receiver that is overloaded. When the pause is over one request probes: if it
 * shows overload again the next pause is longer, otherwise sending goes on.
 *
 * Requests are counted in rounds, and each pause begins a new one: what was under way when a pause
 * began says nothing about the time after it.
 */
export class Breaker {
  readonly #policy: PausePolicy
  #round = 0
  /** Pauses since the receiver was last in order. */
  #pauses = 0
  #resumesAt = 0
  #isProbing = false

  constructor(policy: PausePolicy) {
    this.#policy = policy
  }

  /** When sending may go on, by the clock's `elapsed`; null when it is not paused. */
  get resumesAt(): number | null {
    return this.#pauses === 0 ? null : this.#resumesAt
  }

  /** Whether a request may begin at `now`, by the clock's `elapsed`. */
  admits(now: number): boolean {
    return this.#pauses === 0 || (now >= this.#resumesAt && !this.#isProbing)
  }

  /** Notes that a request begins, and answers its round. */
  begin(): number {
    this.#isProbing = this.#pauses > 0
    return this.#round
  }

  /**
   * Learns from a request of a round and answers whether a pause begins now.
   *
   * @param verdict null when the request says nothing about the receiver
   */
  end(round: number, verdict: Verdict | null, now: number): boolean {
    if (round !== this.#round) {
      return false
    }
    this.#isProbing = false
    if (verdict?.kind === 'failed' && verdict.isOverload) {
      const ours = backoff(this.#policy, this.#pauses)
      const asked = Math.min(verdict.retryAfterMs ?? 0, LONGEST_ASKED_MS)
      this.#resumesAt = now + Math.max(ours, asked)
      this.#pauses++
      this.#round++
      return true
    }
    if (verdict) {
      this.#pauses = 0
    }
    return false
  }
}
