import type { Logger } from '@adonisjs/core/logger'
import { systemClock } from '#foundation/clock'

/** When a request that found no database may be repeated, in seconds. */
export const RETRY_AFTER_S = 5

/** How often it is logged that the database is away, in milliseconds: every open page asks again. */
const EVERY_MS = 10_000

/** Tells the operator that the database cannot be asked, and not once for every request. */
export class AwayLog {
  #toldAt = -Infinity

  tell(error: Error, logger: Logger) {
    const now = systemClock.now()
    // A clock that was set back must not silence it.
    if (Math.abs(now - this.#toldAt) < EVERY_MS) return

    this.#toldAt = now
    logger.warn(`the database cannot be asked, requests are answered 503: ${error.message}`)
  }
}
