import type { Clock } from '#foundation/clock'
import type { PreparedRequest, Refusal, Target, Verdict } from '#delivery/channel'
import type { Budget, BudgetShare } from '#delivery/lanes/budget'
import type { DeliveryLog } from '#delivery/delivery_log'
import { attemptOutcomes, expiredOutcome, unfitOutcome } from '#delivery/outcomes/attempt'
import type { FailingTargets } from '#delivery/outcomes/failing_targets'
import type { Outcome } from '#delivery/outcomes/outcome'
import type { OutcomeWriter } from '#delivery/outcomes/outcome_writer'
import type { DueJob } from '#delivery/queue/job'
import type { JobQueue } from '#delivery/queue/job_queue'
import type { WakeUp } from '#delivery/wake_up'

/** What a lane has to know of an attempt. */
export interface AttemptResult {
  /** Null when nothing was sent, or the attempt does not count. */
  verdict: Exclude<Verdict, { kind: 'interrupted' | 'hindered' }> | null
  /** No job of it will be tried again, but for those that are left. */
  isOver: boolean
  /** Jobs that did not fit, or were refused together: each of these goes in a request of its own. */
  left: readonly (readonly DueJob[])[]
}

/** How long nothing begins when this machine lacks something, in milliseconds. */
const PAUSE_WHEN_HINDERED_MS = 1000

interface DispatcherParts {
  queue: JobQueue
  writer: OutcomeWriter
  log: DeliveryLog
  failing: FailingTargets
  wakeUp: WakeUp
  budget: Pick<Budget, 'pause'>
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

  /** One attempt for the jobs of one request; answers the outcome. Never rejects. */
  async attempt(
    target: Target,
    jobs: readonly DueJob[],
    share: BudgetShare
  ): Promise<AttemptResult> {
    const { clock, random, writer, log, failing } = this.#parts
    const startedAt = clock.now()
    const leased = this.#releaseUnleased(target, jobs, startedAt)
    const prepared = target.prepare(this.#endExpired(target, leased, startedAt), startedAt)
    const request = prepared instanceof Promise ? await counted(prepared, share) : prepared
    this.#endUnfit(target, request.unfit, startedAt)
    const left = request.left.length > 0 ? [request.left] : []
    const isWhole = leased.length === jobs.length
    if (request.jobs.length === 0) {
      return { verdict: null, isOver: isWhole, left }
    }

    share.begin(request.bytes)
    writer.expected++
    const begun = clock.elapsed()
    const verdict = await request.send()
    const durationMs = Math.round(clock.elapsed() - begun)
    writer.expected--
    share.end(request.bytes)
    if (verdict.kind === 'interrupted' || verdict.kind === 'hindered') {
      this.#giveBack(request.jobs, verdict)
      return { verdict: null, isOver: false, left }
    }
    if (isDivisible(verdict, request.jobs)) {
      log.halved(target.label, verdict.cause, request.jobs.length, clock.now())
      return { verdict, isOver: isWhole, left: [...halves(request.jobs), ...left] }
    }
    const finishedAt = clock.now()
    const time = { startedAt, durationMs, finishedAt }
    const outcomes = attemptOutcomes(target, request.jobs, verdict, time, random())
    this.#record(target, outcomes, finishedAt)
    if (verdict.kind === 'gone') {
      failing.retire(target, verdict.cause, null)
    }
    return { verdict, isOver: isWhole && outcomes.every(isOver), left }
  }

  /** What was not tried, for a reason of our own. */
  #giveBack(jobs: readonly DueJob[], verdict: NotCounted) {
    if (verdict.kind === 'hindered') {
      this.#parts.log.hindered(verdict.lack, this.#parts.clock.now())
      this.#parts.budget.pause(PAUSE_WHEN_HINDERED_MS)
    }
    this.release(jobs)
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

  /** One that is too old keeps no other waiting. */
  #endExpired(target: Target, jobs: readonly DueJob[], now: number) {
    const isExpired = ({ expiresAt }: DueJob) => expiresAt !== null && expiresAt <= now
    if (!jobs.some(isExpired)) {
      return jobs
    }
    const expired = jobs.filter(isExpired).map((job) => expiredOutcome(target, job, now))
    this.#record(target, expired, now)
    return jobs.filter((job) => !isExpired(job))
  }

  #endUnfit(target: Target, unfit: PreparedRequest['unfit'], now: number) {
    if (unfit.length > 0) {
      const outcomes = unfit.map(({ job, problem }) => unfitOutcome(target, job, problem, now))
      this.#record(target, outcomes, now)
    }
  }

  #record(target: Target, outcomes: readonly Outcome[], now: number) {
    const { writer, log, failing } = this.#parts
    writer.add(outcomes)
    log.attempted(target.label, outcomes, now)
    failing.note(target, outcomes, now)
  }
}

/** While a thread prepares a request, that takes up its place among those under way. */
async function counted(preparing: Promise<PreparedRequest>, share: BudgetShare) {
  share.begin(0)
  const request = await preparing
  share.end(0)
  return request
}

type NotCounted = Extract<Verdict, { kind: 'interrupted' | 'hindered' }>

/** A receiver that refuses what is in a request may refuse one event of many, or just so many. */
function isDivisible(verdict: Verdict, jobs: readonly DueJob[]): verdict is Refusal {
  return verdict.kind === 'failed' && verdict.isAboutContent === true && jobs.length > 1
}

function halves(jobs: readonly DueJob[]): [DueJob[], DueJob[]] {
  const middle = Math.ceil(jobs.length / 2)
  return [jobs.slice(0, middle), jobs.slice(middle)]
}

function isOver({ status }: Outcome): boolean {
  return status !== 'pending' && status !== 'held'
}
