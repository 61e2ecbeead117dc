import { systemClock } from '#foundation/clock'
import type { Clock } from '#foundation/clock'

/** The system's clock, which a test can set forward and back. */
export class JumpingClock implements Clock {
  #offset = 0

  now() {
    return systemClock.now() + this.#offset
  }

  elapsed() {
    return systemClock.elapsed()
  }

  sleep(ms: number, signal?: AbortSignal) {
    return systemClock.sleep(ms, signal)
  }

  /** Sets the clock `ms` milliseconds forward; back when negative. */
  jump(ms: number) {
    this.#offset += ms
  }
}
