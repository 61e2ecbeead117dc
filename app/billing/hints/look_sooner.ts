import type { Clock } from '#foundation/clock'
import { watchClosely } from '#billing/addresses/watch_closely'

/** How long an address is watched closely after a provider has told of it, in milliseconds. */
const WATCHED_MS = 15_000

/** What one call may name; the rest is seen by the next round as well. */
const MOST_ADDRESSES = 100

const ADDRESS = /\b0x[0-9a-f]{40}\b/gi

/**
 * Takes what a provider posted as a hint to look sooner at those addresses in it that are ours.
 * Nothing else of it is believed: only the balance credits.
 *
 * @returns how many of ours were not watched closely yet
 */
export function lookSooner(
  body: string,
  { chainId, clock }: { chainId: number; clock: Clock }
): Promise<number> {
  const until = clock.now() + WATCHED_MS
  const named = (body.match(ADDRESS) ?? []).map((address) => address.toLowerCase())
  const addresses = [...new Set(named)].slice(0, MOST_ADDRESSES)
  return watchClosely(addresses, chainId, until)
}
