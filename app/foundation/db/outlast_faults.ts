import type { Logger } from '@adonisjs/core/logger'
import type { Clock } from '#foundation/clock'
import { isDatabaseFault } from '#foundation/db/database_fault'
import { explainFullDisk } from '#foundation/db/explain_database'

/** The wait before a database that could not be used is tried again, in milliseconds. */
const PAUSE_AFTER_FAULT_MS = 1000

/**
 * Runs `work` until it ends, and begins it again when the database was locked, full, read-only or
 * away meanwhile: whatever is half done was rolled back. After a stop it is not begun again.
 *
 * @throws what else `work` throws
 */
export async function outlastFaults(
  work: () => Promise<void>,
  { clock, logger }: { clock: Clock; logger: Logger },
  signal: AbortSignal
) {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!isDatabaseFault(error)) {
        throw error
      }
      const explained = explainFullDisk(error)
      if (signal.aborted) {
        logger.warn({ err: explained }, `${explained.message}; stopped all the same`)
        return
      }
      logger.error({ err: explained }, `${explained.message}; trying again`)
      await clock.sleep(PAUSE_AFTER_FAULT_MS, signal)
    }
  }
}
