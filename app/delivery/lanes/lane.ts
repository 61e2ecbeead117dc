import type { Clock } from '#foundation/clock'
import type { AttemptResult, Dispatcher } from '#delivery/dispatcher'
import { Admission } from '#delivery/lanes/admission'
import type { Budget } from '#delivery/lanes/budget'
import type { PausePolicy } from '#delivery/lanes/breaker'
import type { Target } from '#delivery/channel'
import type { LaneOrder, TypeCaps } from '#delivery/lanes/lane_order'
import type { DueJob, JobClass } from '#delivery/queue/job'
import { orderOf } from '#delivery/lanes/lane_order'
import { forEachJobClass, JOB_CLASSES } from '#delivery/queue/job'
import { Slots } from '#delivery/lanes/slots'
import { MOST_IN_BUFFER, JobBuffer, bufferSize, WORK_IN_HAND_MS } from '#delivery/lanes/buffer'

/** What holds for every target. */
export interface LaneLimits {
  pause: PausePolicy
  caps: TypeCaps
}

interface LaneParts {
  dispatcher: Dispatcher
  budget: Budget
  clock: Clock
  limits: LaneLimits
}

/**
 * The sending loop of one target: as many requests at once and in a second as the target allows,
 * whatever goes on in other lanes.
 *
 * A lane is in one of four modes. It begins *open*: it takes jobs from its buffers while there are
 * slots for their class and the throttle allows, and asks for more when a buffer is half empty.
 * An attempt that shows overload makes it *paused*: what is buffered goes back to the queue, and
 * nothing begins until `resumesAt`. Then it is *probing*: it asks for the jobs of one request, and
 * what comes of that request opens the lane or pauses it for longer. It is *closed* for good when
 * `close` is called or its target answers that it is gone: nothing more begins, and what is under
 * way ends by itself. A target that comes back gets a new lane. Whatever its mode, a lane begins and
 * wants nothing while the gate of its target is closed.
 */
export class Lane {
  readonly #dispatcher: Dispatcher
  readonly #caps: TypeCaps
  readonly #admission: Admission
  readonly #buffers = forEachJobClass(() => new JobBuffer())
  readonly #slots = new Slots()
  readonly #closing = new AbortController()
  /** The classes of which the target had more due jobs when the lane was last filled. */
  readonly more = new Set<JobClass>()
  #target: Target
  #order: LaneOrder
  /** Moving average of an attempt, in milliseconds. */
  #attemptMs = WORK_IN_HAND_MS

  constructor(target: Target, { dispatcher, budget, clock, limits }: LaneParts) {
    this.#dispatcher = dispatcher
    this.#caps = limits.caps
    this.#target = target
    this.#order = orderOf(target.ordering, limits.caps)
    this.#admission = new Admission(target, {
      budget,
      clock,
      pause: limits.pause,
      signal: this.#closing.signal,
      onReady: () => this.#startAttempts(),
    })
  }

  get target(): Target {
    return this.#target
  }

  set target(target: Target) {
    if (target.ordering !== this.#target.ordering) {
      this.#order = orderOf(target.ordering, this.#caps)
    }
    this.#target = target
    this.#admission.target = target
  }

  /** From when the lane may begin a request, in epoch milliseconds: as its target and its pause allow. */
  get opensAt(): number {
    return this.#admission.opensAt
  }

  /** How many more jobs of a class the lane wants: none while at least half of its buffer is left. */
  demand(jobClass: JobClass): number {
    const buffer = this.#buffers[jobClass]
    const ready = this.#order.ready(buffer)
    const full = this.#fullBuffer(jobClass)
    return ready > full / 2 ? 0 : Math.max(0, Math.min(full - ready, MOST_IN_BUFFER - buffer.size))
  }

  /** A pause may have begun, or the end, while the jobs were claimed: then they wait in the database. */
  fill(jobClass: JobClass, jobs: readonly DueJob[]) {
    if (!this.#admission.isOpen) {
      this.#dispatcher.release(jobs)
      return
    }
    this.#buffers[jobClass].add(jobs)
    this.#startAttempts()
  }

  get isClosed(): boolean {
    return this.#closing.signal.aborted
  }

  /** Starts nothing more and gives back what was not started. */
  close() {
    this.#closing.abort()
    this.#dispatcher.release(this.#empty())
  }

  /** Resolves when no request of this lane is under way. */
  settled(): Promise<void> {
    return this.#slots.settled()
  }

  /** While a paused target is probed, one request is all that is wanted. */
  #fullBuffer(jobClass: JobClass): number {
    if (!this.#admission.isOpen) {
      return 0
    }
    if (this.#target.ordering === 'together') {
      return this.#slots.isIdle ? this.#target.batchSize : 0
    }
    return this.#admission.isProbing
      ? this.#target.batchSize
      : bufferSize(this.#target, jobClass, this.#attemptMs)
  }

  #startAttempts() {
    while (this.#startAttempt()) {
      // As many as there are slots, tokens and jobs for.
    }
    if (JOB_CLASSES.some((jobClass) => this.more.has(jobClass) && this.demand(jobClass) > 0)) {
      this.#dispatcher.onLow()
    }
  }

  /** Starts one attempt if one may start now. */
  #startAttempt(): boolean {
    const { concurrency, batchSize } = this.#target
    const free = this.#slots.free(concurrency).filter((one) => this.#buffers[one].size > 0)
    if (free.length === 0 || !this.#admission.admits) {
      return false
    }
    for (const jobClass of free) {
      const jobs = this.#order.take(this.#buffers[jobClass], batchSize)
      if (jobs.length > 0) {
        void this.#attempt(jobClass, jobs)
        return true
      }
    }
    return false
  }

  async #attempt(jobClass: JobClass, jobs: readonly DueJob[]) {
    this.#slots.enter(jobClass)
    const isOver = await this.#sendAll(jobs)
    const heldUp = this.#order.end(jobs, isOver, Object.values(this.#buffers))
    this.#dispatcher.release(heldUp)
    this.#slots.leave(jobClass)
    this.#startAttempts()
  }

  /**
   * Sends jobs in one request, and what is left of them in further ones, one after the other.
   * Answers whether none of them will be tried again.
   */
  async #sendAll(jobs: readonly DueJob[]): Promise<boolean> {
    let { isOver, left } = await this.#send(jobs)
    while (left.length > 0) {
      await this.#admission.ready()
      if (!this.#admission.isOpen || (!isOver && this.#target.ordering === 'fifo')) {
        this.#dispatcher.release(left.flat())
        return false
      }
      const [next, ...others] = left
      const result = await this.#send(next!)
      isOver &&= result.isOver
      left = [...result.left, ...others]
    }
    return isOver
  }

  async #send(jobs: readonly DueJob[]): Promise<AttemptResult> {
    const startedAt = performance.now()
    const round = this.#admission.begin()
    const result = await this.#dispatcher.attempt(this.#target, jobs, this.#admission.share)
    this.#attemptMs += (performance.now() - startedAt - this.#attemptMs) / 8

    if (this.#admission.end(round, result.verdict)) {
      this.#dispatcher.release(this.#empty())
    }
    if (result.verdict?.kind === 'gone') {
      this.close()
    }
    return result
  }

  #empty(): DueJob[] {
    return Object.values(this.#buffers).flatMap((buffer) => buffer.take())
  }
}
