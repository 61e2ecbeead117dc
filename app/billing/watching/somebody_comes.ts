import type { Clock } from '#foundation/clock'
import type { CommitWatcher } from '#foundation/db/commits'
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
 * provider has told of a transfer. It looks before it waits: they may have come meanwhile.
 *
 * @param known the numbers of those that are watched closely already
 * @returns false when nobody came in time
 */
export async function somebodyComes(
  known: ReadonlySet<number>,
  { chainId, clock, commits, maxMs }: Waiting,
  signal: AbortSignal
): Promise<boolean> {
  const endsAt = clock.now() + maxMs
  const left = () => Math.max(0, endsAt - clock.now())
  for (;;) {
    const close = await closeAddresses(chainId, clock.now())
    if (close.some(({ id }) => !known.has(id))) return true
    if (left() === 0 || signal.aborted) return false
    await commits.wait(left(), signal)
    await clock.sleep(Math.min(REST_MS, left()), signal)
  }
}
