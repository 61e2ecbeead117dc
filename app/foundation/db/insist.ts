import type { Clock } from '#foundation/clock'
import { isDatabaseFault } from '#foundation/db/database_fault'

/** The wait before a database that could not be used is tried again, in milliseconds. */
const AFTER_FAULT_MS = 1000

interface Insisting {
  clock: Clock
  onFault: (error: Error) => void
  /** Without it, only the database ends the waiting. */
  signal?: AbortSignal
}

/**
 * Tries again while the database is away: for what is known to this process alone and would be
 * forgotten. The last try may have been stored without an answer, so work must bear to be done twice.
 *
 * @throws what the database refuses for another reason, and its fault once the signal has aborted
 */
export async function insist<T>(
  work: () => Promise<T>,
  { clock, onFault, signal }: Insisting
): Promise<T> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!isDatabaseFault(error) || signal?.aborted) throw error
      onFault(error)
      await clock.sleep(AFTER_FAULT_MS, signal)
    }
  }
}
