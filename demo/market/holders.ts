import type { Address } from 'viem'

/** Who holds how much of a token, in wei. */
export class Holders extends Map<Address, bigint> {
  credit(holder: Address, amount: bigint) {
    this.set(holder, (this.get(holder) ?? 0n) + amount)
  }

  /** @throws when the holder has less */
  debit(holder: Address, amount: bigint) {
    const left = (this.get(holder) ?? 0n) - amount
    if (left < 0n) {
      throw new RangeError(`${holder} cannot sell ${amount} wei: that is more than it holds`)
    }
    if (left === 0n) {
      this.delete(holder)
    } else {
      this.set(holder, left)
    }
  }
}
