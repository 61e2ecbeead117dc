import type { Clock } from '#foundation/clock'
import type { Answer, Target, Verdict } from '#delivery/channel'
import type { Failure } from '#delivery/failure'
import type { DueJob } from '#delivery/job'
import type { Outcome } from '#delivery/outcome'
import { retryDelay } from '#delivery/retry_policy'
import { storable } from '#delivery/stored_text'

const LONGEST_ERROR = 500

interface AttemptsHost {
  clock: Clock
  /** A number from 0 to 1. */
  random: () => number
  record(target: Target, outcomes: readonly Outcome[]): void
  /** Jobs that were not tried: another process, or this one later, will take them. */
  release(jobs: readonly DueJob[]): void
  /** The target wants no more events. */
  onGone(target: Target, reason: string): void
}

/** Tries jobs and turns what the channel answers into outcomes. */
export class Attempts {
  readonly #host: AttemptsHost

  constructor(host: AttemptsHost) {
    this.#host = host
  }

  /** One try for jobs that travel together. Never rejects. */
  async make(target: Target, jobs: readonly DueJob[]) {
    const startedAt = this.#host.clock.now()
    const due = this.#dropExpired(target, this.#dropUnleased(target, jobs, startedAt), startedAt)
    if (due.length === 0) {
      return
    }

    const verdict = await target.deliver(due, startedAt)
    if (verdict.kind === 'interrupted') {
      this.#host.release(due)
      return
    }
    this.#record(target, due, verdict, startedAt)
    if (verdict.kind === 'gone') {
      this.#host.onGone(target, verdict.failure.message)
    }
  }

  /** A lease must outlast the attempt, or two senders would be at the same job. */
  #dropUnleased(target: Target, jobs: readonly DueJob[], now: number) {
    const isLeased = (job: DueJob) => job.leaseUntil >= now + target.timeoutMs
    const unleased = jobs.filter((job) => !isLeased(job))
    if (unleased.length > 0) {
      this.#host.release(unleased)
    }
    return jobs.filter(isLeased)
  }

  #dropExpired(target: Target, jobs: readonly DueJob[], now: number) {
    const isExpired = (job: DueJob) => job.expiresAt !== null && job.expiresAt <= now
    const expired = jobs.filter(isExpired)
    if (expired.length > 0) {
      this.#host.record(
        target,
        expired.map((job) => ({
          job,
          status: 'expired',
          nextAttemptAt: null,
          finishedAt: now,
          error: null,
          attempt: null,
        }))
      )
    }
    return jobs.filter((job) => !isExpired(job))
  }

  #record(
    target: Target,
    jobs: readonly DueJob[],
    verdict: Exclude<Verdict, { kind: 'interrupted' }>,
    startedAt: number
  ) {
    const finishedAt = this.#host.clock.now()
    // Jobs that travelled together keep together: the same wait makes the same batch again.
    const random = this.#host.random()
    const cause = verdict.kind === 'accepted' ? null : verdict.failure
    const attempt = {
      startedAt,
      durationMs: Math.max(0, finishedAt - startedAt),
      errorKind: cause?.kind ?? null,
      ...answerColumns(verdict.answer),
    }

    this.#host.record(
      target,
      jobs.map((job) => ({
        job,
        ...nextState(target, job, verdict, finishedAt, random),
        finishedAt,
        error: errorText(cause),
        attempt,
      }))
    )
  }
}

/** Where a job goes from here: sent, tried again later, or failed for good. */
function nextState(
  target: Target,
  job: DueJob,
  verdict: Exclude<Verdict, { kind: 'interrupted' }>,
  now: number,
  random: number
): Pick<Outcome, 'status' | 'nextAttemptAt'> {
  if (verdict.kind === 'accepted') {
    return { status: 'sent', nextAttemptAt: null }
  }
  const delay = verdict.kind === 'gone' ? null : retryDelay(target.retry, job.attempts + 1, random)
  if (delay === null) {
    return { status: 'failed', nextAttemptAt: null }
  }
  const asked = verdict.kind === 'failed' ? (verdict.retryAfterMs ?? 0) : 0
  return { status: 'pending', nextAttemptAt: now + Math.max(delay, asked) }
}

function answerColumns(answer: Answer | null) {
  return { httpStatus: answer?.status ?? null, responseHead: answer?.head || null }
}

function errorText(cause: Failure | null) {
  return cause && storable(cause.message, LONGEST_ERROR)
}
