import type { Logger } from '@adonisjs/core/logger'
import type { Redis } from 'ioredis'
import type { Clock } from '#foundation/clock'
import { OutageLog } from '#foundation/outage_log'

/** The connection to Redis of this process, with whether it answers. */
export class WatchedRedis {
  readonly #connection: Redis
  readonly #outage: OutageLog

  constructor(connection: Redis, logger: Logger, clock: Clock) {
    this.#connection = connection
    this.#outage = new OutageLog(logger, clock)
    connection.on('ready', () => this.#outage.worked('Redis answers again'))
    // An error is always followed by the end of the connection, but names what happened.
    connection.on('error', (error) => this.#failed((error as NodeJS.ErrnoException).code))
    connection.on('close', () => this.#failed('the connection ended'))
  }

  /** Asks it: a connection that has fallen silent looks like one on which nothing is asked. */
  async answers(): Promise<boolean> {
    try {
      await this.#connection.ping()
      return true
    } catch {
      return false
    }
  }

  /** Calls `listener` each time that a connection was made. */
  onReady(listener: () => void) {
    this.#connection.on('ready', listener)
  }

  /** Ends the connection; nothing is told of that. */
  close() {
    this.#connection.removeAllListeners('close')
    this.#connection.disconnect()
  }

  /** Messages may name the host, and a mistyped REDIS_URL has its password there. */
  #failed(reason = 'it cannot be reached') {
    this.#outage.failed(
      `Redis does not answer (${reason}): each web process counts for its limits and keeps answers by itself`
    )
  }
}
