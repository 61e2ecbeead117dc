import { NO_CAUSE } from '#models/reasons'
import { happenedAt } from '#facts/registry'
import type { Answer, Target, Verdict } from '#delivery/channel'
import type { DueJob } from '#delivery/queue/job'
import type { Outcome } from '#delivery/outcomes/outcome'
import { retryDelay } from '#delivery/lanes/retry_policy'
import { storable } from '#foundation/text/whole_text'

const LONGEST_DETAIL = 500

type Answered = Exclude<Verdict, { kind: 'interrupted' | 'hindered' }>
type Tried = Exclude<Answered, { kind: 'held' }>

interface AttemptTime {
  startedAt: number
  durationMs: number
  finishedAt: number
}

/**
 * The outcome of one attempt for each of the jobs of its request.
 *
 * @param random from 0 to 1. One for all of them: the same wait makes the same batch again
 */
export function attemptOutcomes(
  target: Target,
  jobs: readonly DueJob[],
  verdict: Answered,
  { startedAt, durationMs, finishedAt }: AttemptTime,
  random: number
): Outcome[] {
  if (verdict.kind === 'held') {
    return jobs.map((job) => heldOutcome(target, job, verdict, finishedAt))
  }
  const cause = verdict.kind === 'accepted' ? null : verdict.cause
  const detail = cause?.detail ? storable(cause.detail, LONGEST_DETAIL) : null
  const attempt = { startedAt, durationMs, ...answerColumns(verdict.answer) }

  return jobs.map((job) => ({
    job,
    ...nextState(target, job, verdict, finishedAt, random),
    finishedAt,
    freesOthers: target.ordering === 'fifo',
    reason: cause?.reason ?? null,
    detail,
    attempt,
  }))
}

/** Where a job goes from here: sent, tried again later, or failed for good. */
function nextState(
  target: Target,
  job: DueJob,
  verdict: Tried,
  now: number,
  random: number
): Pick<Outcome, 'status' | 'nextAttemptAt'> {
  if (verdict.kind === 'accepted') {
    return { status: 'sent', nextAttemptAt: null }
  }
  const delay = mayRetry(verdict, job)
    ? retryDelay(target.retry, job.attempts + 1, random, lifeOf(job))
    : null
  if (delay === null) {
    return { status: 'failed', nextAttemptAt: null }
  }
  const asked = verdict.kind === 'failed' ? (verdict.retryAfterMs ?? 0) : 0
  const nextAttemptAt = now + Math.max(delay, asked)
  // One that will not live to its next try ends when its life does, and not when that would be.
  return { status: 'pending', nextAttemptAt: Math.min(nextAttemptAt, job.expiresAt ?? Infinity) }
}

function mayRetry(verdict: Tried, job: DueJob): boolean {
  return (
    verdict.kind === 'failed' ||
    (verdict.kind === 'unknown' && verdict.mayRepeat && job.attempts === 0)
  )
}

function heldOutcome(
  target: Target,
  job: DueJob,
  { reason, until }: Extract<Verdict, { kind: 'held' }>,
  finishedAt: number
): Outcome {
  const freesOthers = target.ordering === 'fifo'
  const held = { job, status: 'held', nextAttemptAt: until, finishedAt, freesOthers } as const
  return { ...held, reason, detail: null, attempt: null }
}

/** How long an event is worth sending, from when it happened, in milliseconds; null for ever. */
function lifeOf({ factType, fact, expiresAt }: DueJob): number | null {
  return expiresAt === null ? null : expiresAt - happenedAt(factType, fact)
}

function answerColumns(answer: Answer | null) {
  return { httpStatus: answer?.status ?? null, responseHead: answer?.head || null }
}

/** How a job ends that is too old to be sent. `now` is in epoch milliseconds. */
export function expiredOutcome(target: Target, job: DueJob, now: number): Outcome {
  return { ...unsent(target, job, now), status: 'expired', ...NO_CAUSE }
}

/** How a job ends of which the target can make no message. */
export function unfitOutcome(target: Target, job: DueJob, problem: string, now: number): Outcome {
  const detail = storable(problem, LONGEST_DETAIL)
  return { ...unsent(target, job, now), status: 'skipped', reason: 'template_failed', detail }
}

function unsent(target: Target, job: DueJob, now: number) {
  const freesOthers = target.ordering === 'fifo'
  return { job, nextAttemptAt: null, finishedAt: now, freesOthers, attempt: null }
}
