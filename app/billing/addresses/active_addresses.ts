import { writeTransaction } from '#foundation/db/transaction'
import DepositAddress from '#models/deposit_address'

/** The addresses of a chain that may be paid to; the one that proves the key is not among them. */
export function watchedAddresses(chainId: number) {
  // Not with an OR, for which SQLite would read every address: only one has the index 0.
  return DepositAddress.query()
    .where('chain_id', chainId)
    .whereRaw('coalesce(derivation_index, 1) > 0')
    .orderBy('id')
}

/**
 * The addresses that are polled every few seconds: a pay page is open, a provider has told of a
 * transfer, or a deposit is not final yet. They are few, and an index finds each kind.
 *
 * @param now epoch milliseconds
 */
export function activeAddresses(chainId: number, now: number) {
  return watchedAddresses(chainId).whereIn('id', (active) =>
    active
      .from('deposit_addresses')
      .where('chain_id', chainId)
      .where('watched_until', '>', now)
      .select('id')
      .union((unconfirmed) => unconfirmed.from('unconfirmed_deposits').select('address_id'))
  )
}

/**
 * Has addresses polled every few seconds until a time (epoch milliseconds). Addresses that are not
 * ours are passed over.
 *
 * @returns how many of ours were not polled for that long yet
 */
export async function pollOften(
  addresses: readonly string[],
  chainId: number,
  until: number
): Promise<number> {
  if (addresses.length === 0) return 0

  // Its commit wakes the watcher.
  return writeTransaction(async (client) => {
    const changed = await DepositAddress.query({ client })
      .where('chain_id', chainId)
      .whereIn('address', [...addresses])
      .where('watched_until', '<', until)
      .update({ watched_until: until })
    return Number(changed)
  })
}
