import type { Clock } from '#foundation/clock'
import type { Lease } from '#foundation/db/lease'
import { inRound } from '#foundation/rounds'

/** How often a standby tries to take the lease, in milliseconds. */
const STANDBY_MS = 1_000

interface Standby {
  lease: Lease
  clock: Clock
  /** Is told once each time that another process turns out to have the lease. */
  onStandby: () => void
}

/**
 * Of several processes on one database, lets one work: the one that holds the lease. The others stand by,
 * and one of them takes over when it dies. `work` ends when it has lost the lease or the signal aborts.
 *
 * @throws what `work` throws; the lease runs out then, unless it is taken anew
 */
export async function workOrStandBy(
  { lease, clock, onStandby }: Standby,
  work: () => Promise<void>,
  signal: AbortSignal
) {
  let isStandingBy = false
  while (!signal.aborted) {
    if (await inRound(() => lease.acquire(clock.now()))) {
      isStandingBy = false
      await work()
    } else {
      if (!isStandingBy) onStandby()
      isStandingBy = true
      await clock.sleep(STANDBY_MS, signal)
    }
  }
  await lease.release()
}
