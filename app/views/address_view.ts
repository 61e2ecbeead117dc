import { Address } from 'ox'

/** An address as people see it: checksummed, and short where room is scarce. */
export function addressView(address: string) {
  const full = Address.checksum(address)
  return { full, short: `${full.slice(0, 6)}…${full.slice(-4)}`, lower: address }
}

export type AddressView = ReturnType<typeof addressView>

/** The same for columns that may be empty. */
export function optionalAddressView(address: unknown) {
  return typeof address === 'string' ? addressView(address) : null
}
