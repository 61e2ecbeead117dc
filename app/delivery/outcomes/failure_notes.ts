import type { Outcome } from '#delivery/outcomes/outcome'

/** The same failure of the same endpoint is told once in this many milliseconds. */
const QUIET_MS = 10_000

/** Turns failures into lines for the log, without a line for each of ten thousand. */
export class FailureNotes {
  readonly #told = new Map<string, { at: number; untold: number }>()

  /** The line for an outcome, or null when it did not fail or was told a moment ago. */
  take(label: string, outcome: Outcome, now: number): string | null {
    const kind = outcome.attempt?.errorKind
    if (!kind) {
      return null
    }

    const key = `${label} ${kind}`
    const last = this.#told.get(key)
    if (last && now - last.at < QUIET_MS) {
      last.untold++
      return null
    }
    this.#told.set(key, { at: now, untold: 0 })
    const more = last?.untold ? ` (and ${last.untold} more since the last such line)` : ''
    return `${label} ${kind}: ${outcome.error}; ${whatNext(outcome)}${more}`
  }
}

function whatNext({ status, nextAttemptAt, job }: Outcome): string {
  const tries = job.attempts + 1
  if (status === 'pending' && nextAttemptAt === job.expiresAt) {
    return `it expires at ${new Date(nextAttemptAt!).toISOString()}, before another try`
  }
  return status === 'pending'
    ? `try ${tries + 1} at ${new Date(nextAttemptAt!).toISOString()}`
    : `given up after ${tries} ${tries === 1 ? 'try' : 'tries'}`
}
