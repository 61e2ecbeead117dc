import type { Clock } from '#foundation/clock'
import type { CommitWatcher } from '#foundation/commit_watcher'
import { closeAddresses } from '#billing/addresses/close_addresses'

/** The shortest time between two questions, in milliseconds: others commit far more often. */
const REST_MS = 250

interface Waiting {
  chainId: number
  clock: Clock
  commits: CommitWatcher
  /** How long it waits at most, in milliseconds. */
  maxMs: number
}

/**
 * Waits until an address is watched closely that was not before: a pay page was opened, or a
 * provider has told of a transfer.
 *
 * @param known the numbers of those that are watched closely already
 */
export async function untilSomebodyWaits(
  known: ReadonlySet<number>,
  { chainId, clock, commits, maxMs }: Waiting,
  signal: AbortSignal
) {
  const endsAt = clock.now() + maxMs
  for (let left = maxMs; left > 0 && !signal.aborted; left = endsAt - clock.now()) {
    await commits.wait(left, signal)
    await clock.sleep(REST_MS, signal)
    const close = await closeAddresses(chainId, clock.now())
    if (close.some(({ id }) => !known.has(id))) return
  }
}
