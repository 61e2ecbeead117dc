import { setTimeout as delay, setImmediate } from 'node:timers/promises'

/** The time that all rooms use, so that tests can set it. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number
  /**
   * Milliseconds since a moment that does not matter, with fractions. For durations: nothing sets
   * it forward or back, as the time of the day is.
   */
  elapsed(): number
  /** Resolves after `ms` milliseconds, or at once when the signal aborts. Never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  sleep: async (ms, signal) => {
    await delay(ms, undefined, { signal }).catch(() => {})
  },
}

/**
 * Between two parts of a long work: SQLite answers at once, so that without it every other request
 * would wait for the whole of it.
 */
export function letOthersIn(): Promise<void> {
  return setImmediate()
}
