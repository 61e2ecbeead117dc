/** When a failed delivery is tried again. */
export interface RetryPolicy {
  /** The waits before each retry, in milliseconds. One wait alone doubles with every try. */
  waits: readonly number[]
  /** Tries after the first one. */
  maxRetries: number
}

const [S, M, H] = [1000, 60_000, 3_600_000]

/** The schedule of the Standard Webhooks specification: three days in all. */
export const DEFAULT_WAITS = [5 * S, 5 * M, 30 * M, 2 * H, 5 * H, 10 * H, 14 * H, 20 * H, 24 * H]

export const LONGEST_WAIT_MS = 24 * H

/** Spreads retries by this share in both directions, so that they do not arrive in step. */
const JITTER = 0.2

/**
 * The wait before the next try, in milliseconds, or null when the schedule is used up.
 *
 * @param triesMade tries so far, the one that just failed included
 * @param random a number from 0 to 1
 */
export function retryDelay(policy: RetryPolicy, triesMade: number, random: number): number | null {
  if (triesMade > policy.maxRetries || policy.waits.length === 0) {
    return null
  }
  return Math.round(plannedWait(policy.waits, triesMade) * (1 - JITTER + 2 * JITTER * random))
}

function plannedWait(waits: readonly number[], retry: number): number {
  const wait =
    waits.length === 1 ? waits[0]! * 2 ** (retry - 1) : waits[Math.min(retry, waits.length) - 1]!

  return Math.min(wait, LONGEST_WAIT_MS)
}
