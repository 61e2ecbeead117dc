import { watchedAddresses } from '#billing/addresses/watched_addresses'

/**
 * The addresses that are looked at every few seconds: somebody waits, or something is on its way.
 *
 * @param now epoch milliseconds
 */
export function closeAddresses(chainId: number, now: number) {
  return watchedAddresses(chainId).where((close) =>
    close
      .where('watched_until', '>', now)
      .orWhereIn('id', (sighted) => sighted.from('deposit_sightings').select('address_id'))
  )
}
