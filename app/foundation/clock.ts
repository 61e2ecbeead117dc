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

/** Two clocks that differ by less, in milliseconds, count as the same. */
const SAME_MS = 100

/** A moment by the clock that is followed (epoch milliseconds), and by `elapsed`. */
let followed: { time: number; at: number; withinMs: number } | null = null

/** The clock of this machine, or of another one that it follows. */
export const systemClock: Clock = {
  now: () => {
    const own = Date.now()
    const time = followedTime() ?? own
    const sameMs = SAME_MS + (followed?.withinMs ?? 0)
    return Math.abs(own - time) < sameMs ? own : Math.floor(time)
  },
  elapsed: () => performance.now(),
  sleep: async (ms, signal) => {
    await delay(ms, undefined, { signal }).catch(() => {})
  },
}

/**
 * Lets the system's clock go by another one from now on, however this machine's is set: where
 * several machines share a database, its time is that of all.
 *
 * @param time what the other one said, in epoch milliseconds
 * @param at when, by `elapsed`
 * @param withinMs how far `at` may be off: a slow answer does not tell a small difference of clocks
 * @returns how far this machine's clock is ahead, in milliseconds
 */
export function followClock(time: number, at: number, withinMs = 0): number {
  followed = { time, at, withinMs }
  return Date.now() - followedTime()!
}

function followedTime(): number | null {
  return followed && followed.time + performance.now() - followed.at
}

/**
 * Between two parts of a long work: SQLite answers at once, so that without it every other request
 * would wait for the whole of it.
 */
export function letOthersIn(): Promise<void> {
  return setImmediate()
}
