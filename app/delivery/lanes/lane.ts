import type { Clock } from '#foundation/clock'
import type { Result } from '#delivery/outcomes/attempts'
import { Breaker } from '#delivery/lanes/breaker'
import type { PausePolicy } from '#delivery/lanes/breaker'
import type { Target } from '#delivery/channel'
import type { LaneOrder, TypeCaps } from '#delivery/lanes/lane_order'
import type { DueJob, Stage } from '#delivery/queue/job'
import { orderOf } from '#delivery/lanes/lane_order'
import { forEachStage, STAGES } from '#delivery/queue/job'
import { Slots } from '#delivery/lanes/slots'
import { MOST_IN_STOCK, Stock, stockSize, WORK_IN_HAND_MS } from '#delivery/lanes/buffer'
import { Throttle } from '#delivery/lanes/throttle'

/** What holds for every target alike. */
export interface LaneLimits {
  pause: PausePolicy
  caps: TypeCaps
}

interface LaneHost {
  clock: Clock
  limits: LaneLimits
  /** Makes one attempt and records what came of it. Never rejects. */
  attempt(target: Target, jobs: readonly DueJob[]): Promise<Result>
  /** Takes jobs that the lane will not start. */
  release(jobs: readonly DueJob[]): void
  /** Whether there was more to do when the lane was last fed. */
  hasMore(stage: Stage): boolean
  /** The lane is running low, and there was more. */
  onHungry(): void
}

/**
 * The sending loop of one target: as many requests at once and in a second as the target allows,
 * whatever goes on in other lanes. An overloaded target gets nothing but a probe now and then.
 */
export class Lane {
  readonly #host: LaneHost
  readonly #breaker: Breaker
  readonly #stocks = forEachStage(() => new Stock())
  readonly #slots = new Slots()
  readonly #closing = new AbortController()
  #target: Target
  #throttle: Throttle
  #order: LaneOrder
  /** Moving average of an attempt, in milliseconds. */
  #pace = WORK_IN_HAND_MS

  constructor(target: Target, host: LaneHost) {
    this.#host = host
    this.#breaker = new Breaker(host.limits.pause)
    this.#target = target
    this.#throttle = this.#throttleTo(target.ratePerSecond)
    this.#order = orderOf(target.ordering, host.limits.caps)
  }

  get target(): Target {
    return this.#target
  }

  set target(target: Target) {
    if (target.ratePerSecond !== this.#target.ratePerSecond) {
      this.#throttle = this.#throttleTo(target.ratePerSecond)
    }
    if (target.ordering !== this.#target.ordering) {
      this.#order = orderOf(target.ordering, this.#host.limits.caps)
    }
    this.#target = target
  }

  /** When an overloaded target is tried again, in epoch milliseconds; null when it is not. */
  get resumesAt(): number | null {
    return this.#breaker.resumesAt
  }

  /** How many more jobs of a stage the lane wants: none while at least half of its stock is left. */
  appetite(stage: Stage): number {
    const stock = this.#stocks[stage]
    const ready = this.#order.ready(stock)
    const full = this.#fullStock(stage)
    return ready > full / 2 ? 0 : Math.max(0, Math.min(full - ready, MOST_IN_STOCK - stock.size))
  }

  /** A pause may have begun while the jobs were claimed: then they wait in the database. */
  feed(stage: Stage, jobs: readonly DueJob[]) {
    if (!this.#breaker.admits(this.#host.clock.now())) {
      this.#host.release(jobs)
      return
    }
    this.#stocks[stage].add(jobs)
    this.#startAttempts()
  }

  /** Starts nothing more and hands back what was not started. */
  close(): DueJob[] {
    this.#closing.abort()
    return this.#empty()
  }

  /** Resolves when no request of this lane is under way. */
  settled(): Promise<void> {
    return this.#slots.settled()
  }

  /** While a paused target is probed, one request is all that is wanted. */
  #fullStock(stage: Stage): number {
    if (this.#closing.signal.aborted || !this.#breaker.admits(this.#host.clock.now())) {
      return 0
    }
    const isProbe = this.resumesAt !== null
    return isProbe ? this.#target.batchSize : stockSize(this.#target, stage, this.#pace)
  }

  #startAttempts() {
    while (this.#startAttempt()) {
      // As many as there are slots, tokens and jobs for.
    }
    if (STAGES.some((stage) => this.#host.hasMore(stage) && this.appetite(stage) > 0)) {
      this.#host.onHungry()
    }
  }

  /** Starts one attempt if one may start now. */
  #startAttempt(): boolean {
    const now = this.#host.clock.now()
    if (!this.#breaker.admits(now) || !this.#throttle.admits(now)) {
      return false
    }
    const { concurrency, batchSize } = this.#target
    for (const stage of this.#slots.free(concurrency)) {
      const jobs = this.#order.take(this.#stocks[stage], batchSize)
      if (jobs.length > 0) {
        void this.#attempt(stage, jobs)
        return true
      }
    }
    return false
  }

  async #attempt(stage: Stage, jobs: readonly DueJob[]) {
    this.#throttle.begin()
    this.#slots.enter(stage)
    const startedAt = performance.now()
    const round = this.#breaker.begin()
    const { verdict, isOver } = await this.#host.attempt(this.#target, jobs)
    this.#pace += (performance.now() - startedAt - this.#pace) / 8

    const isPausing = this.#breaker.end(round, verdict, this.#host.clock.now())
    const kept = this.#order.end(jobs, isOver, Object.values(this.#stocks))
    this.#host.release(isPausing ? [...kept, ...this.#empty()] : kept)

    this.#slots.leave(stage)
    this.#startAttempts()
  }

  #empty(): DueJob[] {
    return Object.values(this.#stocks).flatMap((stock) => stock.take())
  }

  #throttleTo(ratePerSecond: number | null): Throttle {
    return new Throttle(ratePerSecond, {
      clock: this.#host.clock,
      signal: this.#closing.signal,
      onReady: () => this.#startAttempts(),
    })
  }
}
