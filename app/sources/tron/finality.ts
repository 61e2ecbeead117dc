import type { TronAddress, TronHash } from '#sources/tron/records'

/**
 * A block is final once so many of the 27 witnesses have signed it or a block on top of it, which is
 * what nodes call solid.
 *
 * @see DynamicPropertiesStore.updateSolidifiedBlock in java-tron: position 8 of 27
 */
export const FINAL_WITNESSES = 19

/** A header whose signature was checked. */
export interface SignedHeader {
  number: number
  id: TronHash
  parentId: TronHash
  witness: TronAddress
  /** Whose key signed it. */
  signer: TronAddress
}

/**
 * The newest of these linked headers that is final: so many distinct witnesses, its own among them, stand
 * on it. Only those count that are known, since anyone can invent keys and sign with them. Null for none.
 *
 * @param headers in the order of the chain, each the parent of the next
 */
export function newestFinal<T extends SignedHeader>(
  headers: readonly T[],
  isKnown: (header: SignedHeader) => boolean
): T | null {
  const witnesses = new Set<TronAddress>()
  for (const header of headers.toReversed()) {
    if (isKnown(header)) witnesses.add(header.witness)
    if (witnesses.size >= FINAL_WITNESSES) return header
  }
  return null
}
