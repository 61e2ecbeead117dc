import type { Clock } from '#foundation/clock'
import { pollOften } from '#billing/addresses/active_addresses'

/** How long an address is polled often after a provider has told of it, in milliseconds. */
const POLLED_MS = 15_000

/** What one call may name; the next full scan reads the rest as well. */
const MOST_ADDRESSES = 100

const ADDRESS = /\b0x[0-9a-f]{40}\b/gi

/**
 * Takes what a provider posted as a hint to poll those addresses in it that are ours. Nothing else
 * of it is believed: only the balance credits.
 *
 * @returns how many of ours were not polled often yet
 */
export function pollHinted(
  body: string,
  { chainId, clock }: { chainId: number; clock: Clock }
): Promise<number> {
  const until = clock.now() + POLLED_MS
  const named = (body.match(ADDRESS) ?? []).map((address) => address.toLowerCase())
  const addresses = [...new Set(named)].slice(0, MOST_ADDRESSES)
  return pollOften(addresses, chainId, until)
}
