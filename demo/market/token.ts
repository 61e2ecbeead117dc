import type { Address } from 'viem'
import type { ContractCall } from '#demo/chain/local_chain'
import type { Curve } from '#demo/market/curve'
import type { Emission } from '#demo/market/emission'
import type { Holders } from '#demo/market/holders'

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
