import type { Address } from 'viem'
import type { ContractCall } from '#demo/chain/local_chain'
import type { Curve } from '#demo/market/curve'
import { type Emission, emission, PANCAKE_EVENTS } from '#demo/market/events'
import { BNB, PANCAKE_V2_FACTORY, WBNB } from '#demo/market/addresses'

/** What one transaction of the market does: the logs it leaves, and calls that leave none. */
export interface Deed {
  emissions: Emission[]
  otherCalls?: ContractCall[]
}

/** A token on its bonding curve, on whichever launchpad. Amounts in wei. */
export interface MarketToken {
  readonly address: Address
  readonly creator: Address
  /** Its curve in the quote asset; complete once the token has graduated. */
  readonly curve: Curve
  readonly holders: Holders

  create(): Deed
  /** Buys for `offer` wei of the quote asset. A buy that completes the curve graduates the token. */
  buy(trader: Address, offer: bigint): Deed
  /** @throws when the trader holds less */
  sell(trader: Address, amount: bigint): Deed
}

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

/** PancakeSwap's factory makes a pair; native BNB trades there as WBNB. */
export function pairCreated(token: Address, quote: Address, pair: Address): Emission {
  const other = quote === BNB ? WBNB : quote
  const [token0, token1] =
    token.toLowerCase() < other.toLowerCase() ? [token, other] : [other, token]

  return emission(PANCAKE_V2_FACTORY, PANCAKE_EVENTS, 'PairCreated', {
    token0: token0!,
    token1: token1!,
    pair,
    pairs: BigInt(pair) % 10_000_000n,
  })
}
