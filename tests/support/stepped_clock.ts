import { systemClock } from '#foundation/clock'
import type { Clock } from '#foundation/clock'

/** A clock that stands still until a test moves it, and then wakes those that have slept enough. */
export class SteppedClock implements Clock {
  #time = 1_790_000_000_000
  #sleepers: { until: number; wake: () => void }[] = []
  #isReleased = false

  now() {
    return this.#time
  }

  elapsed() {
    return this.#time
  }

  sleep(ms: number, signal?: AbortSignal) {
    if (this.#isReleased) return systemClock.sleep(ms, signal)
    return new Promise<void>((wake) => {
      if (signal?.aborted) return wake()
      signal?.addEventListener('abort', () => wake(), { once: true })
      this.#sleepers.push({ until: this.#time + ms, wake })
    })
  }

  /** Lets `ms` milliseconds pass. */
  pass(ms: number) {
    this.#time += ms
    const due = this.#sleepers.filter(({ until }) => until <= this.#time)
    this.#sleepers = this.#sleepers.filter(({ until }) => until > this.#time)
    for (const { wake } of due) wake()
  }

  /** Wakes all, and lets those that sleep from now on wake by themselves: what stops must not hang. */
  release() {
    this.#isReleased = true
    for (const { wake } of this.#sleepers.splice(0)) wake()
  }
}
