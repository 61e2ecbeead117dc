import { writeTransaction } from '#foundation/db/write_transaction'
import DepositAddress from '#models/deposit_address'

/**
 * Has addresses looked at every few seconds until a time (epoch milliseconds): somebody sits before
 * a pay page, or a provider has told of a transfer. Addresses that are not ours are passed over.
 *
 * @returns how many of ours were not watched for that long yet
 */
export async function watchClosely(
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
