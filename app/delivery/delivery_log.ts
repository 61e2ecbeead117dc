import type { Cause } from '#models/reasons'
import { causeWords } from '#delivery/reason_words'
import type { Logger } from '@adonisjs/core/logger'
import { explainFullDisk } from '#foundation/db/explain_database'
import type { PlannedJob } from '#delivery/planning/planned_job'
import type { RefusedFact } from '#delivery/planning/refused_facts'
import type { Outcome } from '#delivery/outcomes/outcome'

const SUMMARY_EVERY_MS = 60_000

/** What the operator reads: starts and stops, what fails, and once a minute what was sent. */
export class DeliveryLog {
  readonly #logger: Logger
  readonly #notes = new FailureNotes()
  #counts = noCounts()
  #countedSince = 0

  constructor(logger: Logger) {
    this.#logger = logger
  }

  /** @param what is sent, such as webhooks */
  started(what: string, targets: readonly string[]) {
    const where = targets.length > 0 ? targets.join(', ') : 'no endpoint yet'
    this.#logger.info(`Sending ${what} to ${where}`)
  }

  stopped() {
    this.#summarize()
    this.#logger.info('Stopped: what was under way is finished, the rest waits for the next start')
  }

  disabled(label: string, reason: string) {
    this.#logger.error(`${label} is disabled: ${reason}`)
  }

  /** Half of the time is over after which a failing target is disabled. */
  failing(label: string, since: number, lastError: string) {
    const beginning = new Date(since).toISOString()
    this.#logger.warn(
      `${label} has only failed since ${beginning} and will be disabled if that goes on for as long again: ${lastError}`
    )
  }

  recovered(jobs: number) {
    if (jobs > 0) {
      this.#logger.warn(`${jobs} jobs were left behind by a sender that ended; they go again`)
    }
  }

  clockSet(stepMs: number) {
    const [seconds, where] = [Math.round(Math.abs(stepMs) / 1000), stepMs < 0 ? 'back' : 'forward']
    this.#logger.warn(
      `the clock was set ${where} by ${seconds} s: what waits by it was moved along, and leases are not judged by it for a while`
    )
  }

  /** Something of our own failed, as a rule the database. The work goes on. */
  fault(error: Error) {
    const explained = explainFullDisk(error)
    this.#logger.error({ err: explained }, `${explained.message}; trying again`)
  }

  factRefused({ type, id, error }: RefusedFact) {
    this.#logger.error(
      { err: error },
      `no job can be stored for the ${type} ${id}; it is set aside, and a replay of history takes it up again: ${error.message}`
    )
  }

  outcomeRefused(jobId: number, error: Error) {
    this.#logger.error(
      { err: error },
      `the database refuses what came of job ${jobId}; it is tried again by itself: ${error.message}`
    )
  }

  outcomeGivenUp(jobId: number, error: Error) {
    this.#logger.error(
      { err: error },
      `what came of job ${jobId} cannot be stored; the job goes out again when its lease ends: ${error.message}`
    )
  }

  /** An attempt could not be made for want of something on this machine. It counts for nothing. */
  hindered(lack: string, now: number) {
    const note = this.#notes.tell('this process', lack, now)
    if (note) {
      this.#logger.error(`${note}; what was to be sent goes again, and counts as no attempt`)
    }
  }

  /** A receiver refuses some events together: they go in two requests. */
  halved(label: string, { reason, detail }: Cause, events: number, now: number) {
    const words = causeWords({ reason, detail })
    const note = this.#notes.tell(label, `${words}: ${events} events in one request`, now)
    if (note) {
      this.#logger.warn(`${note}; they go in smaller ones`)
    }
  }

  attempted(label: string, outcomes: readonly Outcome[], now: number) {
    for (const outcome of outcomes) {
      this.#counts[outcome.status]++
      if (outcome.status === 'sent') {
        this.#accepted(label, outcome)
        continue
      }
      // What is over is told each time; what goes on, once in a while.
      const note = lastLine(label, outcome) ?? this.#notes.take(label, outcome, now)
      if (note) {
        this.#logger[outcome.status === 'expired' ? 'info' : 'warn'](note)
      }
    }
  }

  /** Events that were too old for a target when they were planned: no attempt tells of them. */
  tooOld(jobs: readonly PlannedJob[]) {
    for (const { channel, target_id: target, event_type: type, event_id: id } of jobs) {
      this.#logger.info(`${channel} ${target}: ${type} ${id} expired before it was planned`)
    }
  }

  #accepted(label: string, { job, attempt }: Outcome) {
    if (this.#logger.isLevelEnabled('debug')) {
      const { eventType, eventId, attempts } = job
      this.#logger.debug(
        `${label}: ${eventType} ${eventId} accepted at attempt ${attempts + 1}, after ${attempt?.durationMs ?? 0} ms`
      )
    }
  }

  /** Called regularly; writes the summary when it is time. `now` is in epoch milliseconds. */
  tick(now: number) {
    // A clock that was set back must not put it off.
    if (Math.abs(now - this.#countedSince) >= SUMMARY_EVERY_MS) {
      this.#countedSince = now
      this.#summarize()
    }
  }

  #summarize() {
    const { sent, pending, held, failed, expired, skipped } = this.#counts
    if (sent + pending + held + failed + expired + skipped > 0) {
      const ofHeld = held > 0 ? `${held} held, ` : ''
      this.#logger.info(
        `${sent} sent, ${pending} to be tried again, ${ofHeld}${failed} failed, ${expired} expired, ${skipped} skipped`
      )
    }
    this.#counts = noCounts()
  }
}

function noCounts() {
  return { sent: 0, pending: 0, held: 0, failed: 0, expired: 0, skipped: 0 }
}

/** The same failure of the same endpoint is told once in this many milliseconds. */
const QUIET_MS = 10_000

/** Turns failures into lines for the log, without a line for each of ten thousand. */
export class FailureNotes {
  readonly #told = new Map<string, { at: number; untold: number }>()

  /** The line for an outcome, or null when it did not fail or was told a moment ago. */
  take(label: string, outcome: Outcome, now: number): string | null {
    const { attempt, reason, detail } = outcome
    if (!attempt || !reason) {
      return null
    }

    const more = this.#untold(`${label} ${reason}`, now)
    return more === null
      ? null
      : `${label} ${reason}: ${causeWords({ reason, detail })}; ${whatNext(outcome)}${more}`
  }

  /** The line for something else that happened, or null when it was told a moment ago. */
  tell(label: string, what: string, now: number): string | null {
    const more = this.#untold(`${label} ${what}`, now)
    return more === null ? null : `${label}: ${what}${more}`
  }

  /** How many were not told since the last line, in words; null when it is too early for another. */
  #untold(key: string, now: number): string | null {
    const last = this.#told.get(key)
    // A clock that was set back must not silence it.
    if (last && Math.abs(now - last.at) < QUIET_MS) {
      last.untold++
      return null
    }
    this.#told.set(key, { at: now, untold: 0 })
    return last?.untold ? ` (and ${last.untold} more since the last such line)` : ''
  }
}

function whatNext({ nextAttemptAt, job }: Outcome): string {
  const at = new Date(nextAttemptAt!).toISOString()
  return nextAttemptAt === job.expiresAt
    ? `it expires at ${at}, before another attempt`
    : `attempt ${job.attempts + 2} at ${at}`
}

/** The line for an event that a target will not get; null where it still may. */
function lastLine(label: string, { status, job, reason, detail, attempt }: Outcome) {
  const attempts = job.attempts + (attempt ? 1 : 0)
  const tried = `after ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}`
  const why = reason === null ? '' : `: ${causeWords({ reason, detail })}`
  const event = `${label}: ${job.eventType} ${job.eventId}`
  switch (status) {
    case 'failed':
    case 'expired':
      return `${event} ${status} ${tried}${why}`
    case 'skipped':
      return `${event} skipped${why}`
    default:
      return null
  }
}
