import { isDeepStrictEqual } from 'node:util'
import type { Clock } from '#foundation/clock'
import type { Target, Verdict } from '#delivery/channel'
import { Breaker } from '#delivery/lanes/breaker'
import type { PausePolicy } from '#delivery/lanes/breaker'
import type { Budget, BudgetShare } from '#delivery/lanes/budget'
import { Throttle } from '#delivery/lanes/throttle'

interface AdmissionParts {
  budget: Budget
  pause: PausePolicy
  clock: Clock
  /** The lane is closed. */
  signal: AbortSignal
  /** A request may begin that had to wait. */
  onReady: () => void
}

/**
 * Whether a request of a lane may begin: as the gate of its target, its pauses and its rate allow,
 * and what all lanes share.
 */
export class Admission {
  readonly #parts: AdmissionParts
  readonly #breaker: Breaker
  /** What the lane uses of what all lanes share. */
  readonly share: BudgetShare
  #target: Target
  #throttle: Throttle

  constructor(target: Target, parts: AdmissionParts) {
    this.#parts = parts
    this.#breaker = new Breaker(parts.pause)
    this.share = parts.budget.share(parts.onReady)
    this.#target = target
    this.#throttle = new Throttle(target.rate, parts)
    parts.signal.addEventListener('abort', () => this.share.close(), { once: true })
  }

  set target(target: Target) {
    if (!isDeepStrictEqual(target.rate, this.#target.rate)) {
      this.#throttle = new Throttle(target.rate, this.#parts)
    }
    this.#target = target
  }

  /** From when a request may begin, in epoch milliseconds: as the target and its pause allow. */
  get opensAt(): number {
    const { clock } = this.#parts
    const { resumesAt } = this.#breaker
    const pausedMs = resumesAt === null ? 0 : resumesAt - clock.elapsed()
    const resumes = pausedMs > 0 ? Math.ceil(clock.now() + pausedMs) : 0
    return Math.max(resumes, this.#target.gate.opensAt)
  }

  /** Whether the lane is neither closed nor paused, and its target may be sent to. */
  get isOpen(): boolean {
    const { clock, signal } = this.#parts
    const { opensAt } = this.#target.gate
    return (
      !signal.aborted &&
      (opensAt === 0 || opensAt <= clock.now()) &&
      this.#breaker.admits(clock.elapsed())
    )
  }

  /** One request finds out whether a target that was paused is in order again. */
  get isProbing(): boolean {
    return this.#breaker.resumesAt !== null
  }

  /** Whether a request may begin now. If its turn has not come yet, it is told when it has. */
  get admits(): boolean {
    return this.isOpen && this.#throttle.admits && this.share.admits
  }

  /** Resolves when the rate allows a further request of what is under way, or the lane is closed. */
  ready(): Promise<void> {
    return this.#throttle.ready()
  }

  /** Notes that a request begins, and answers its round for `end`. */
  begin(): number {
    this.#throttle.begin()
    return this.#breaker.begin()
  }

  /**
   * Learns from a request and answers whether a pause begins now.
   *
   * @param verdict null when the request says nothing about the receiver
   */
  end(round: number, verdict: Verdict | null): boolean {
    return this.#breaker.end(round, verdict, this.#parts.clock.elapsed())
  }
}
