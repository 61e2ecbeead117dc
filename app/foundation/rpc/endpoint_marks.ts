import { backoff } from '#foundation/backoff'

/**
 * What an endpoint was caught at.
 *
 * - `hides_logs`   it showed a block without logs that the block holds
 * - `invents_logs` it showed logs that their block does not hold
 * - `other_fork`   it named another block than the chain has at that number
 */
export const MARK_REASONS = ['hides_logs', 'invents_logs', 'other_fork'] as const

export type MarkReason = (typeof MARK_REASONS)[number]

/** An endpoint that was caught. Times are epoch milliseconds. */
export interface Mark {
  reason: MarkReason
  /** What was seen, for the log. */
  detail: string
  since: number
  /** Until then it is asked only where no other can answer. */
  until: number
}

/** How long an endpoint stays marked; doubles each time that it is caught again. In milliseconds. */
const MARKED = { firstMs: 600_000, longestMs: 86_400_000 }

/** Whether an endpoint is marked, and how often it was. */
export class EndpointMarks {
  #last?: Mark
  #times = 0

  /** The mark that holds at `now`; null when there is none. */
  at(now: number): Mark | null {
    return this.#last && now < this.#last.until ? this.#last : null
  }

  /**
   * Marks it, unless it is marked already.
   *
   * @returns the new mark; null when an earlier one still holds
   */
  add(reason: MarkReason, detail: string, now: number): Mark | null {
    if (this.at(now)) {
      return null
    }
    this.#last = { reason, detail, since: now, until: now + backoff(MARKED, this.#times++) }
    return this.#last
  }
}
