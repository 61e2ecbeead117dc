import type { Clock } from '#foundation/clock'
import type { Result } from '#delivery/outcomes/attempts'
import { Breaker } from '#delivery/lanes/breaker'
import type { PausePolicy } from '#delivery/lanes/breaker'
import type { Target } from '#delivery/channel'
import type { LaneOrder, TypeCaps } from '#delivery/lanes/lane_order'
import type { DueJob, JobClass } from '#delivery/queue/job'
import { orderOf } from '#delivery/lanes/lane_order'
import { forEachJobClass, JOB_CLASSES } from '#delivery/queue/job'
import { Slots } from '#delivery/lanes/slots'
import { MOST_IN_BUFFER, JobBuffer, bufferSize, WORK_IN_HAND_MS } from '#delivery/lanes/buffer'
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
  /** Whether there was more to do when the lane was last filled. */
  hasMore(jobClass: JobClass): boolean
  /** The lane is running low, and there was more. */
  onLow(): void
}

/**
 * The sending loop of one target: as many requests at once and in a second as the target allows,
 * whatever goes on in other lanes. An overloaded target gets nothing but a probe now and then.
 */
export class Lane {
  readonly #host: LaneHost
  readonly #breaker: Breaker
  readonly #buffers = forEachJobClass(() => new JobBuffer())
  readonly #slots = new Slots()
  readonly #closing = new AbortController()
  #target: Target
  #throttle: Throttle
  #order: LaneOrder
  /** Moving average of an attempt, in milliseconds. */
  #attemptMs = WORK_IN_HAND_MS

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

  /** How many more jobs of a class the lane wants: none while at least half of its buffer is left. */
  demand(jobClass: JobClass): number {
    const buffer = this.#buffers[jobClass]
    const ready = this.#order.ready(buffer)
    const full = this.#fullBuffer(jobClass)
    return ready > full / 2 ? 0 : Math.max(0, Math.min(full - ready, MOST_IN_BUFFER - buffer.size))
  }

  /** A pause may have begun while the jobs were claimed: then they wait in the database. */
  fill(jobClass: JobClass, jobs: readonly DueJob[]) {
    if (!this.#breaker.admits(this.#host.clock.now())) {
      this.#host.release(jobs)
      return
    }
    this.#buffers[jobClass].add(jobs)
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
  #fullBuffer(jobClass: JobClass): number {
    if (this.#closing.signal.aborted || !this.#breaker.admits(this.#host.clock.now())) {
      return 0
    }
    const isProbe = this.resumesAt !== null
    return isProbe ? this.#target.batchSize : bufferSize(this.#target, jobClass, this.#attemptMs)
  }

  #startAttempts() {
    while (this.#startAttempt()) {
      // As many as there are slots, tokens and jobs for.
    }
    if (JOB_CLASSES.some((jobClass) => this.#host.hasMore(jobClass) && this.demand(jobClass) > 0)) {
      this.#host.onLow()
    }
  }

  /** Starts one attempt if one may start now. */
  #startAttempt(): boolean {
    const now = this.#host.clock.now()
    if (!this.#breaker.admits(now) || !this.#throttle.admits(now)) {
      return false
    }
    const { concurrency, batchSize } = this.#target
    for (const jobClass of this.#slots.free(concurrency)) {
      const jobs = this.#order.take(this.#buffers[jobClass], batchSize)
      if (jobs.length > 0) {
        void this.#attempt(jobClass, jobs)
        return true
      }
    }
    return false
  }

  async #attempt(jobClass: JobClass, jobs: readonly DueJob[]) {
    this.#throttle.begin()
    this.#slots.enter(jobClass)
    const startedAt = performance.now()
    const round = this.#breaker.begin()
    const { verdict, isOver } = await this.#host.attempt(this.#target, jobs)
    this.#attemptMs += (performance.now() - startedAt - this.#attemptMs) / 8

    const isPausing = this.#breaker.end(round, verdict, this.#host.clock.now())
    const kept = this.#order.end(jobs, isOver, Object.values(this.#buffers))
    this.#host.release(isPausing ? [...kept, ...this.#empty()] : kept)

    this.#slots.leave(jobClass)
    this.#startAttempts()
  }

  #empty(): DueJob[] {
    return Object.values(this.#buffers).flatMap((buffer) => buffer.take())
  }

  #throttleTo(ratePerSecond: number | null): Throttle {
    return new Throttle(ratePerSecond, {
      clock: this.#host.clock,
      signal: this.#closing.signal,
      onReady: () => this.#startAttempts(),
    })
  }
}
