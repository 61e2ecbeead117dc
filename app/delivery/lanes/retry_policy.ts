import { backoff } from '#foundation/backoff'

/** When a failed delivery is tried again. */
export interface RetryPolicy {
  /** The waits before each retry, in milliseconds. One wait alone doubles with every try. */
  waits: readonly number[]
  /** Tries after the first one. */
  maxRetries: number
  /**
   * The first wait of events that expire, in milliseconds: it doubles, and they are tried as long
   * as they live. Not set: they follow `waits` as all others do.
   */
  expiringMs?: number
}

const [S, M, H] = [1000, 60_000, 3_600_000]

/** The schedule of the Standard Webhooks specification: three days in all. */
export const DEFAULT_WAITS = [5 * S, 5 * M, 30 * M, 2 * H, 5 * H, 10 * H, 14 * H, 20 * H, 24 * H]

export const LONGEST_WAIT_MS = 24 * H

/** An event that expires waits no longer than this share of its life, so that it has several chances. */
const LONGEST_SHARE = 0.1

/** Spreads retries by this share in both directions, so that they do not arrive in step. */
const JITTER = 0.2

/**
 * The wait before the next try, in milliseconds, or null when the schedule is used up.
 *
 * @param triesMade tries so far, the one that just failed included
 * @param random a number from 0 to 1
 * @param lifeMs how long the event is worth sending in all; null when it does not expire
 */
export function retryDelay(
  policy: RetryPolicy,
  triesMade: number,
  random: number,
  lifeMs: number | null = null
): number | null {
  const wait = plannedWait(policy, triesMade, lifeMs)
  return wait === null ? null : Math.round(wait * (1 - JITTER + 2 * JITTER * random))
}

function plannedWait(policy: RetryPolicy, retry: number, lifeMs: number | null): number | null {
  const { waits, maxRetries, expiringMs } = policy
  if (maxRetries === 0 || waits.length === 0) {
    return null
  }
  if (lifeMs !== null && expiringMs !== undefined) {
    return Math.min(doubled(expiringMs, retry), lifeMs * LONGEST_SHARE)
  }
  if (retry > maxRetries) {
    return null
  }
  return waits.length === 1
    ? doubled(waits[0]!, retry)
    : Math.min(waits[Math.min(retry, waits.length) - 1]!, LONGEST_WAIT_MS)
}

function doubled(firstMs: number, retry: number): number {
  return backoff({ firstMs, longestMs: LONGEST_WAIT_MS }, retry - 1)
}
