import { backoff } from '#foundation/backoff'

/** The first and the longest wait before a page opens its stream anew, in milliseconds. */
const WAITS = { firstMs: 1_000, longestMs: 30_000 }

/**
 * How long a page waits after so many failures in a row, in milliseconds. It doubles each time, and
 * half of it is drawn by lot: the pages that a restart has cut off must not all come back at once.
 */
export function reopeningWait(failures: number, random = Math.random): number {
  const wait = backoff(WAITS, failures - 1)
  return wait * (1 - random() / 2)
}
