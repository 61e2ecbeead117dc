import { NO_CAUSE } from '#models/reasons'
import type { Clock } from '#foundation/clock'
import { happenedAt } from '#facts/registry'
import type { Answer, Target, Verdict } from '#delivery/channel'
import type { Cause, Failure } from '#models/reasons'
import type { ClaimedJob, DueJob } from '#delivery/queue/job'
import type { Attempt, Outcome } from '#delivery/outcomes/outcome'
import { retryDelay } from '#delivery/lanes/retry_policy'
import { storable } from '#delivery/outcomes/outcome'

const LONGEST_DETAIL = 500

type Answered = Exclude<Verdict, { kind: 'interrupted' }>

/** What a lane has to know of an attempt. */
export interface Result {
  /** Null when nothing was sent, or the attempt does not count. */
  verdict: Answered | null
  /** No job of it will be tried again. */
  isOver: boolean
}

interface AttemptsHost {
  clock: Clock
  /** A number from 0 to 1. */
  random: () => number
  record(target: Target, outcomes: readonly Outcome[]): void
  /** Jobs that were not tried: another process, or this one later, will take them. */
  release(jobs: readonly DueJob[]): void
  /** The target wants no more events. */
  onGone(target: Target, cause: Cause<Failure>): void
}

/** Tries jobs and turns what the channel answers into outcomes. */
export class Attempts {
  readonly #host: AttemptsHost
  #underWay = 0

  constructor(host: AttemptsHost) {
    this.#host = host
  }

  /** How many are being made. */
  get underWay(): number {
    return this.#underWay
  }

  /** One try for jobs that travel together; answers what came of it. Never rejects. */
  async make(target: Target, jobs: readonly DueJob[]): Promise<Result> {
    const startedAt = this.#host.clock.now()
    const leased = this.#dropUnleased(target, jobs, startedAt)
    const due = this.#dropUnsent(target, leased, startedAt)
    const isWhole = leased.length === jobs.length
    if (due.length === 0) {
      return { verdict: null, isOver: isWhole }
    }

    this.#underWay++
    const begun = this.#host.clock.elapsed()
    const verdict = await target.deliver(due, startedAt)
    const durationMs = Math.round(this.#host.clock.elapsed() - begun)
    this.#underWay--
    if (verdict.kind === 'interrupted') {
      this.#host.release(due)
      return { verdict: null, isOver: false }
    }
    const outcomes = this.#record(target, due, verdict, { startedAt, durationMs })
    if (verdict.kind === 'gone') {
      this.#host.onGone(target, verdict.cause)
    }
    return { verdict, isOver: isWhole && outcomes.every(({ status }) => status !== 'pending') }
  }

  /** A lease must outlast the attempt, or two senders would be at the same job. */
  #dropUnleased(target: Target, jobs: readonly DueJob[], now: number) {
    const isLeased = (job: DueJob) => job.leaseUntil >= now + target.timeoutMs
    if (jobs.every(isLeased)) {
      return jobs
    }
    this.#host.release(jobs.filter((job) => !isLeased(job)))
    return jobs.filter(isLeased)
  }

  /** One that is too old, or has no message, keeps nobody else waiting. */
  #dropUnsent(target: Target, jobs: readonly DueJob[], now: number) {
    const unsent = jobs.flatMap((job) => unsentOutcome(target, job, now) ?? [])
    if (unsent.length === 0) {
      return jobs
    }
    this.#host.record(target, unsent)
    const dropped = new Set<ClaimedJob>(unsent.map(({ job }) => job))
    return jobs.filter((job) => !dropped.has(job))
  }

  #record(
    target: Target,
    jobs: readonly DueJob[],
    verdict: Answered,
    time: Pick<Attempt, 'startedAt' | 'durationMs'>
  ): Outcome[] {
    const finishedAt = this.#host.clock.now()
    // Jobs that travelled together keep together: the same wait makes the same batch again.
    const random = this.#host.random()
    const cause = verdict.kind === 'accepted' ? null : verdict.cause
    const detail = cause?.detail ? storable(cause.detail, LONGEST_DETAIL) : null
    const attempt = { ...time, ...answerColumns(verdict.answer) }

    const outcomes = jobs.map((job) => ({
      job,
      ...nextState(target, job, verdict, finishedAt, random),
      finishedAt,
      reason: cause?.reason ?? null,
      detail,
      attempt,
    }))
    this.#host.record(target, outcomes)
    return outcomes
  }
}

/** Where a job goes from here: sent, tried again later, or failed for good. */
function nextState(
  target: Target,
  job: DueJob,
  verdict: Answered,
  now: number,
  random: number
): Pick<Outcome, 'status' | 'nextAttemptAt'> {
  if (verdict.kind === 'accepted') {
    return { status: 'sent', nextAttemptAt: null }
  }
  const delay =
    verdict.kind === 'gone' ? null : retryDelay(target.retry, job.attempts + 1, random, lifeOf(job))
  if (delay === null) {
    return { status: 'failed', nextAttemptAt: null }
  }
  const asked = verdict.kind === 'failed' ? (verdict.retryAfterMs ?? 0) : 0
  const nextAttemptAt = now + Math.max(delay, asked)
  // One that will not live to its next try ends when its life does, and not when that would be.
  return { status: 'pending', nextAttemptAt: Math.min(nextAttemptAt, job.expiresAt ?? Infinity) }
}

/** How long an event is worth sending, from when it happened, in milliseconds; null for ever. */
function lifeOf({ factType, fact, expiresAt }: DueJob): number | null {
  return expiresAt === null ? null : expiresAt - happenedAt(factType, fact)
}

function answerColumns(answer: Answer | null) {
  return { httpStatus: answer?.status ?? null, responseHead: answer?.head || null }
}

/**
 * How a job ends that is not sent at all: it is too old, or the target can make no message of it.
 * Null when it is to be sent. `now` is in epoch milliseconds.
 */
export function unsentOutcome(target: Target, job: DueJob, now: number): Outcome | null {
  const ended = { job, nextAttemptAt: null, finishedAt: now, attempt: null }
  if (job.expiresAt !== null && job.expiresAt <= now) {
    return { ...ended, status: 'expired', ...NO_CAUSE }
  }
  const problem = target.unfit(job, now)
  if (problem === null) {
    return null
  }
  const detail = storable(problem, LONGEST_DETAIL)
  return { ...ended, status: 'skipped', reason: 'template_failed', detail }
}
