import type { Logger } from '@adonisjs/core/logger'
import type { Clock } from '#foundation/clock'

/** How often it is said that something still does not work, in milliseconds. */
const AGAIN_MS = 60_000

/** What is known of an outage; times are by the clock's `elapsed`. */
interface Outage {
  since: number
  toldAt: number
  tries: number
}

/**
 * Tells of something that is tried again and again: when it begins to fail, once a minute while it does,
 * and when it works again. A line for each try would hide all others.
 */
export class OutageLog {
  readonly #logger: Logger
  readonly #clock: Clock
  #outage: Outage | null = null

  constructor(logger: Logger, clock: Clock) {
    this.#logger = logger
    this.#clock = clock
  }

  /** A try has failed. @param line why, as it is said where it is said */
  failed(line: string) {
    const now = this.#clock.elapsed()
    if (this.#outage === null) {
      this.#outage = { since: now, toldAt: now, tries: 1 }
      this.#logger.warn(line)
      return
    }
    this.#outage.tries++
    if (now - this.#outage.toldAt >= AGAIN_MS) {
      this.#outage.toldAt = now
      this.#logger.warn(`${line} (for ${this.#lasting(now)})`)
    }
  }

  /** A try has worked. @param line what is said where it did not before */
  worked(line: string) {
    if (this.#outage !== null) {
      this.#logger.info(`${line}, after ${this.#lasting(this.#clock.elapsed())}`)
      this.#outage = null
    }
  }

  #lasting(now: number): string {
    const { since, tries } = this.#outage!
    const seconds = Math.round((now - since) / 1000)
    const time = seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`
    return `${time} and ${tries} ${tries === 1 ? 'try' : 'tries'}`
  }
}
