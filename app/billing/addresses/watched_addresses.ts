import DepositAddress from '#models/deposit_address'

/** The addresses of a chain that may be paid to; the one that proves the key is not among them. */
export function watchedAddresses(chainId: number) {
  return DepositAddress.query()
    .where('chain_id', chainId)
    .where((watched) => watched.whereNull('derivation_index').orWhere('derivation_index', '>', 0))
    .orderBy('id')
}
