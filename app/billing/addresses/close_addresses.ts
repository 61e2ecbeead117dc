import { watchedAddresses } from '#billing/addresses/watched_addresses'

/**
 * The addresses that are looked at every few seconds: somebody waits, or something is on its way.
 * They are few, and each of the two is found by an index of its own.
 *
 * @param now epoch milliseconds
 */
export function closeAddresses(chainId: number, now: number) {
  return watchedAddresses(chainId).whereIn('id', (close) =>
    close
      .from('deposit_addresses')
      .where('chain_id', chainId)
      .where('watched_until', '>', now)
      .select('id')
      .union((sighted) => sighted.from('deposit_sightings').select('address_id'))
  )
}
