import { zeroAddress, type Address } from 'viem'
import { rememberCall } from '#demo/chain/contracts'
import { TOKEN_MANAGER_HELPER, TOKEN_MANAGER_V2 } from '#demo/market/addresses'
import { Curve, CURVE_SUPPLY, fourShape, TOTAL_SUPPLY } from '#demo/market/curve'
import { emission, type Emission, FOUR_EVENTS, ownership, transfer } from '#demo/market/events'
import { pairCreated, Holders, type Deed, type MarketToken } from '#demo/market/token'
import type { Name } from '#demo/market/names'

export interface FourLaunch {
  token: Address
  creator: Address
  name: Name
  quote: Address
  /** Quote wei that complete the curve. */
  raiseTarget: bigint
  requestId: bigint
  /** The pair that its liquidity will go to. */
  pair: Address
  /** Quote wei that the creator spends in the same transaction. */
  preBuy: bigint
}

/** A token on Four.meme's second manager. */
export class FourToken implements MarketToken {
  readonly address: Address
  readonly creator: Address
  readonly curve: Curve
  readonly holders = new Holders()
  readonly #launch: FourLaunch

  constructor(launch: FourLaunch) {
    this.#launch = launch
    this.address = launch.token
    this.creator = launch.creator
    this.curve = new Curve(fourShape(launch.raiseTarget))
  }

  create(): Deed {
    const { token, creator, name, requestId, preBuy } = this.#launch
    return this.#deed([
      ownership(token, zeroAddress, TOKEN_MANAGER_V2),
      transfer(token, zeroAddress, TOKEN_MANAGER_V2, TOTAL_SUPPLY),
      ownership(token, TOKEN_MANAGER_V2, zeroAddress),
      emission(TOKEN_MANAGER_V2, FOUR_EVENTS, 'TokenCreate', {
        creator,
        token,
        requestId,
        name: name[0],
        symbol: name[1],
        totalSupply: TOTAL_SUPPLY,
        launchTime: 0n,
        launchFee: 0n,
      }),
      ...(preBuy > 0n ? this.#purchase(creator, preBuy) : []),
    ])
  }

  buy(trader: Address, offer: bigint): Deed {
    return this.#deed(this.#purchase(trader, offer))
  }

  sell(trader: Address, amount: bigint): Deed {
    this.holders.debit(trader, amount)
    const proceeds = this.curve.sell(amount)

    return this.#deed([
      transfer(this.address, trader, TOKEN_MANAGER_V2, amount),
      emission(TOKEN_MANAGER_V2, FOUR_EVENTS, 'TokenSale', this.#trade(trader, amount, proceeds)),
      emission(TOKEN_MANAGER_V2, FOUR_EVENTS, 'TokenSale2', { origin: 0n }),
    ])
  }

  #purchase(trader: Address, offer: bigint): Emission[] {
    const { cost, amount } = this.curve.buy(offer)
    this.holders.credit(trader, amount)

    return [
      transfer(this.address, TOKEN_MANAGER_V2, trader, amount),
      emission(TOKEN_MANAGER_V2, FOUR_EVENTS, 'TokenPurchase', this.#trade(trader, amount, cost)),
      emission(TOKEN_MANAGER_V2, FOUR_EVENTS, 'TokenPurchase2', { origin: 0n }),
      ...(this.curve.left === 0n ? this.#graduation() : []),
    ]
  }

  #graduation(): Emission[] {
    const { token, quote, pair } = this.#launch
    return [
      emission(TOKEN_MANAGER_V2, FOUR_EVENTS, 'TradeStop', { token }),
      pairCreated(token, quote, pair),
      emission(TOKEN_MANAGER_V2, FOUR_EVENTS, 'LiquidityAdded', {
        base: token,
        offers: TOTAL_SUPPLY - CURVE_SUPPLY,
        quote,
        funds: (this.curve.raised * 98n) / 100n,
      }),
    ]
  }

  /** The fields of both trade events; the fee of one percent comes on top of the cost. */
  #trade(account: Address, amount: bigint, cost: bigint) {
    const { price, left, raised } = this.curve
    const fee = cost / 100n
    return { token: this.address, account, price, amount, cost, fee, offers: left, funds: raised }
  }

  /** Every deed also updates what the helper contract answers about the token. */
  #deed(emissions: Emission[]): Deed {
    const info = {
      version: 2n,
      tokenManager: TOKEN_MANAGER_V2,
      quote: this.#launch.quote,
      lastPrice: this.curve.price,
      tradingFeeRate: 100n,
      minTradingFee: 0n,
      launchTime: 0n,
      offers: this.curve.left,
      maxOffers: CURVE_SUPPLY,
      funds: this.curve.raised,
      maxFunds: this.#launch.raiseTarget,
      liquidityAdded: this.curve.left === 0n,
    }
    const remember = { to: TOKEN_MANAGER_HELPER, data: rememberCall(this.address, info) }
    return { emissions, otherCalls: [remember] }
  }
}
