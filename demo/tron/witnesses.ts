import { PlayKey, type Parity } from '#demo/tron/keys'

/** Those that make blocks, in turns. */
export const WITNESSES = 27

/** A block is solid once so many different ones have signed it or a later one. */
const SOLID_AFTER = 19

/** Every so many-th witness keeps its own key at home and signs with that of its witness permission. */
const DELEGATES_EVERY = 5

/** And every so many-th writes the parity of its signature as 27 or 28. */
const COUNTS_FROM_27_EVERY = 9

export interface Witness {
  address: string
  key: PlayKey
  /** Of the key that signs, where that is not the witness's own. */
  delegate?: string
  parity: Parity
}

/** The witnesses of a network, in the order in which they make blocks. */
export class Witnesses {
  readonly all: readonly Witness[]
  readonly #byAddress: Map<string, Witness>

  constructor(seed: string) {
    this.all = Array.from({ length: WITNESSES }, (_, place) => {
      const own = PlayKey.named(`${seed}, witness ${place}`)
      const delegates = place % DELEGATES_EVERY === 2
      const key = delegates ? PlayKey.named(`${seed}, delegate of witness ${place}`) : own
      const parity = place % COUNTS_FROM_27_EVERY === 4 ? 'from 27' : 'from 0'
      return { address: own.address, key, parity, ...(delegates && { delegate: key.address }) }
    })
    this.#byAddress = new Map(this.all.map((witness) => [witness.address, witness]))
  }

  /** Whose turn it is. Slots of three seconds are counted from 1970 on. */
  ofSlot(slot: number): Witness {
    return this.all[slot % WITNESSES]!
  }

  get(address: string): Witness {
    return this.#byAddress.get(address)!
  }
}

/**
 * The highest solid block, from the signatures alone: the one at which 19 different witnesses have
 * signed, counted from the head down. Real nodes say it as "position 8 of 27 of what each witness
 * signed last".
 */
export function solidNumber(blockAt: (number: number) => { witnessAddress: string }, head: number) {
  const signers = new Set<string>()
  for (let number = head; number > 0; number--) {
    signers.add(blockAt(number).witnessAddress)
    if (signers.size >= SOLID_AFTER) return number
  }
  return 0
}
