import DepositAddress from '#models/deposit_address'

/** The addresses of a chain that may be paid to; the one that proves the key is not among them. */
export function watchedAddresses(chainId: number) {
  // Not with an OR, for which SQLite would look at every address: only one has the index 0.
  return DepositAddress.query()
    .where('chain_id', chainId)
    .whereRaw('coalesce(derivation_index, 1) > 0')
    .orderBy('id')
}
