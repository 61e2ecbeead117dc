import type { Clock } from '#foundation/clock'

/** Lists show what has happened some seconds later, in milliseconds. */
const SOON_MS = 5_000
const AGAIN_MS = 10_000

/** No reading is due for so long at most, in milliseconds. */
const LONG_MS = 3_600_000

/**
 * Reads a list some seconds after something happened, and once more after that has settled. What
 * happens in the meantime is in the same reading.
 */
export class ReadSoon {
  #noted = new AbortController()

  constructor(private readonly clock: Clock) {}

  /** Something has happened. */
  note() {
    this.#noted.abort()
  }

  /** Calls `read` when it is due, until the signal aborts. @throws what `read` throws */
  async run(read: () => Promise<void>, signal: AbortSignal) {
    while (!signal.aborted) {
      await this.clock.sleep(LONG_MS, AbortSignal.any([signal, this.#noted.signal]))
      for (const waitMs of [SOON_MS, AGAIN_MS]) {
        this.#noted = new AbortController()
        await this.clock.sleep(waitMs, signal)
        if (signal.aborted) return
        await read()
      }
    }
  }
}
