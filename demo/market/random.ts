import type { Address } from 'viem'

/** Randomness from a seed (mulberry32): the same seed plays the same market. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** From 0 up to but not including 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  between(low: number, high: number): number {
    return low + this.next() * (high - low)
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  pick<T>(choices: readonly T[]): T {
    return choices[Math.floor(this.next() * choices.length)]!
  }

  shuffle<T>(list: readonly T[]): T[] {
    return list
      .map((item) => ({ item, rank: this.next() }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ item }) => item)
  }

  /** `share` of `amount`, to a millionth. */
  part(amount: bigint, share: number): bigint {
    return (amount * BigInt(Math.round(share * 1e6))) / 1_000_000n
  }

  /** An address that ends in `suffix`, as launchpads mine them. */
  address(suffix = ''): Address {
    let digits = ''
    while (digits.length < 40 - suffix.length) {
      digits += Math.floor(this.next() * 16).toString(16)
    }
    return `0x${digits}${suffix}`
  }
}
