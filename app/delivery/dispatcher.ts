import type { Clock } from '#foundation/clock'
import type { Target, Verdict } from '#delivery/channel'
import type { DeliveryLog } from '#delivery/delivery_log'
import { attemptOutcomes, unsentOutcome } from '#delivery/outcomes/attempt'
import type { FailingTargets } from '#delivery/outcomes/failing_targets'
import type { Outcome } from '#delivery/outcomes/outcome'
import type { OutcomeWriter } from '#delivery/outcomes/outcome_writer'
import type { ClaimedJob, DueJob } from '#delivery/queue/job'
import type { JobQueue } from '#delivery/queue/job_queue'
import type { WakeUp } from '#delivery/wake_up'

/** What a lane has to know of an attempt. */
export interface AttemptResult {
  /** Null when nothing was sent, or the attempt does not count. */
  verdict: Exclude<Verdict, { kind: 'interrupted' }> | null
  /** No job of it will be tried again. */
  isOver: boolean
}

interface DispatcherParts {
  queue: JobQueue
  writer: OutcomeWriter
  log: DeliveryLog
  failing: FailingTargets
  wakeUp: WakeUp
  clock: Clock
  /** Answers a number from 0 to 1. */
  random: () => number
}

/** The one object that lanes call: makes their attempts, and hands on what came of them. */
export class Dispatcher {
  readonly #parts: DispatcherParts
  /** Claimed jobs that will not be tried by this process now, on their way back to the queue. */
  readonly #released: DueJob[] = []

  constructor(parts: DispatcherParts) {
    this.#parts = parts
  }

  /** One try for jobs that travel together; answers what came of it. Never rejects. */
  async attempt(target: Target, jobs: readonly DueJob[]): Promise<AttemptResult> {
    const { clock, random, writer, failing } = this.#parts
    const startedAt = clock.now()
    const leased = this.#releaseUnleased(target, jobs, startedAt)
    const due = this.#endUnsent(target, leased, startedAt)
    const isWhole = leased.length === jobs.length
    if (due.length === 0) {
      return { verdict: null, isOver: isWhole }
    }

    writer.expected++
    const begun = clock.elapsed()
    const verdict = await target.deliver(due, startedAt)
    const durationMs = Math.round(clock.elapsed() - begun)
    writer.expected--
    if (verdict.kind === 'interrupted') {
      this.release(due)
      return { verdict: null, isOver: false }
    }
    const finishedAt = clock.now()
    const time = { startedAt, durationMs, finishedAt }
    const outcomes = attemptOutcomes(target, due, verdict, time, random())
    this.#record(target, outcomes, finishedAt)
    if (verdict.kind === 'gone') {
      failing.retire(target, verdict.cause, null)
    }
    return { verdict, isOver: isWhole && outcomes.every(isOver) }
  }

  /** Takes jobs that were not tried: another process, or this one later, will claim them. */
  release(jobs: readonly DueJob[]) {
    if (jobs.length > 0) {
      this.#released.push(...jobs)
      this.#parts.wakeUp.notify()
    }
  }

  /** Gives released jobs back to the queue. Those that the database did not take are kept. */
  async returnReleased() {
    const jobs = this.#released.splice(0)
    try {
      await this.#parts.queue.release(jobs)
    } catch (error) {
      this.#released.push(...jobs)
      throw error
    }
  }

  /** A lane runs low and had more to do. While the writer is behind, it asks again when it has written. */
  onLow() {
    if (!this.#parts.writer.isBehind) {
      this.#parts.wakeUp.wake()
    }
  }

  /** A lease must outlast the attempt, or two senders would be at the same job. */
  #releaseUnleased(target: Target, jobs: readonly DueJob[], now: number) {
    const isLeased = (job: DueJob) => job.leaseUntil >= now + target.timeoutMs
    if (jobs.every(isLeased)) {
      return jobs
    }
    this.release(jobs.filter((job) => !isLeased(job)))
    return jobs.filter(isLeased)
  }

  /** One that is too old, or has no message, keeps no other waiting. */
  #endUnsent(target: Target, jobs: readonly DueJob[], now: number) {
    const unsent = jobs.flatMap((job) => unsentOutcome(target, job, now) ?? [])
    if (unsent.length === 0) {
      return jobs
    }
    this.#record(target, unsent, now)
    const ended = new Set<ClaimedJob>(unsent.map(({ job }) => job))
    return jobs.filter((job) => !ended.has(job))
  }

  #record(target: Target, outcomes: readonly Outcome[], now: number) {
    const { writer, log, failing } = this.#parts
    writer.add(outcomes)
    log.attempted(target.label, outcomes, now)
    failing.note(target, outcomes, now)
  }
}

function isOver({ status }: Outcome): boolean {
  return status !== 'pending' && status !== 'held'
}
