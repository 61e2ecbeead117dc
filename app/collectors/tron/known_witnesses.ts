import type { SignedHeader } from '#sources/tron/finality'
import type { TronAddress } from '#sources/tron/records'

/**
 * Whose keys sign for which witness. Anyone can invent keys, so that only those count which have
 * signed a block that is final, or one of the round before the first that is read.
 */
export class KnownWitnesses {
  readonly #witnessOf = new Map<TronAddress, TronAddress>()

  /** Whether there are enough of them for a block to become final. */
  get size(): number {
    return new Set(this.#witnessOf.values()).size
  }

  /** Whether this key has signed for this witness before. */
  knows({ witness, signer }: SignedHeader): boolean {
    return this.#witnessOf.get(signer) === witness
  }

  /** Whether any key has signed for this witness before. */
  hasSeen(witness: TronAddress): boolean {
    return [...this.#witnessOf.values()].includes(witness)
  }

  /** From now on this key counts. One key cannot stand for several witnesses. */
  learn({ witness, signer }: SignedHeader) {
    if (!this.#witnessOf.has(signer)) {
      this.#witnessOf.set(signer, witness)
    }
  }
}
