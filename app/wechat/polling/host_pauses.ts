import { backoff } from '#foundation/backoff'
import type { Clock } from '#foundation/clock'

/** Failures in a row of all bindings on a host, after which the host and not a binding is at fault. */
const TOLERATED = 3

const PAUSE = { firstMs: 1000, longestMs: 60_000 }

/** The longest that bindings wait for each other after a pause, in milliseconds. */
const SPREAD_MS = 10_000

interface HostState {
  failures: number
  /** By `elapsed`. */
  pausedUntil: number
}

/**
 * Hundreds of bindings ask the same host. When it fails, all of them leave it alone together, for
 * longer each time, and do not come back in the same moment.
 */
export class HostPauses {
  readonly #clock: Clock
  readonly #random: () => number
  readonly #states = new Map<string, HostState>()

  /** @param random answers a number from 0 to 1 */
  constructor(clock: Clock, random: () => number) {
    this.#clock = clock
    this.#random = random
  }

  /** How long a request to the host has to wait, in milliseconds. */
  waitMs(baseUrl: string): number {
    const left = (this.#states.get(baseUrl)?.pausedUntil ?? 0) - this.#clock.elapsed()
    return left > 0 ? left + this.#random() * Math.min(left, SPREAD_MS) : 0
  }

  succeeded(baseUrl: string) {
    const state = this.#states.get(baseUrl)
    // What was asked before a pause began does not end it.
    if (state && state.pausedUntil <= this.#clock.elapsed()) {
      this.#states.delete(baseUrl)
    }
  }

  /** @param retryAfterMs how long the host asked to be left alone, in milliseconds */
  failed(baseUrl: string, retryAfterMs: number | undefined) {
    const { failures, pausedUntil } = this.#states.get(baseUrl) ?? { failures: 0, pausedUntil: 0 }
    const now = this.#clock.elapsed()
    // Requests that were under way when the pause began tell nothing new.
    const isKnown = now < pausedUntil
    const pauseMs =
      retryAfterMs ?? (failures < TOLERATED || isKnown ? 0 : backoff(PAUSE, failures - TOLERATED))
    this.#states.set(baseUrl, {
      failures: isKnown ? failures : failures + 1,
      pausedUntil: Math.max(pausedUntil, now + pauseMs),
    })
  }
}
