import { zeroAddress, type Address } from 'viem'
import { OPEN_FOUR_CORE } from '#demo/market/addresses'
import { Curve, CURVE_SUPPLY, fourShape, TOTAL_SUPPLY } from '#demo/market/curve'
import { emission, type Emission, OPEN_FOUR_EVENTS, transfer } from '#demo/market/events'
import type { Name } from '#demo/market/names'
import { Holders, pairCreated, type Deed, type MarketToken } from '#demo/market/token'

export interface OpenFourLaunch {
  token: Address
  creator: Address
  name: Name
  /** Always a token: one that sells for BNB names wrapped BNB. */
  quote: Address
  /** Quote wei that complete the curve. */
  raiseTarget: bigint
  requestId: bigint
  metadataUri: string
  /** The pair that its liquidity will go to. */
  pair: Address
}

/** The only preset of this market. */
const PRESET = 1n

/** `pcs_v2` as a tag of eight bytes: PancakeSwap's pairs. */
const TO_PANCAKE_V2 = '0x7063735f76320000'

const NO_HASH = `0x${'0'.repeat(64)}` as const

/** A token on OpenFour, the modular protocol of Four.meme. */
export class OpenFourToken implements MarketToken {
  readonly address: Address
  readonly creator: Address
  readonly curve: Curve
  readonly holders = new Holders()
  readonly #launch: OpenFourLaunch

  constructor(launch: OpenFourLaunch) {
    this.#launch = launch
    this.address = launch.token
    this.creator = launch.creator
    this.curve = new Curve(fourShape(launch.raiseTarget))
  }

  create(): Deed {
    const { token, creator, name, quote, raiseTarget, requestId, metadataUri } = this.#launch
    const created = emission(OPEN_FOUR_CORE, OPEN_FOUR_EVENTS, 'TokenCreated', {
      requestId,
      presetId: PRESET,
      creator,
      token,
      name: name[0],
      symbol: name[1],
      maxSupply: TOTAL_SUPPLY,
      saleAmount: CURVE_SUPPLY,
      raiseAmount: raiseTarget,
      initialPrice: this.curve.price,
      quoteAsset: quote,
      vault: zeroAddress,
      curveModule: zeroAddress,
      tradeModule: zeroAddress,
      migrateModule: zeroAddress,
      customData: zeroAddress,
      tokenModule: zeroAddress,
      tokenMetaUri: metadataUri,
      flags: 0n,
      encodedTags: '0x',
    })
    return { emissions: [transfer(token, zeroAddress, OPEN_FOUR_CORE, TOTAL_SUPPLY), created] }
  }

  buy(trader: Address, offer: bigint): Deed {
    const { cost, amount } = this.curve.buy(offer)
    this.holders.credit(trader, amount)
    return {
      emissions: [
        transfer(this.address, OPEN_FOUR_CORE, trader, amount),
        this.#trade(trader, true, amount, cost),
        ...(this.curve.left === 0n ? this.#migration(trader) : []),
      ],
    }
  }

  sell(trader: Address, amount: bigint): Deed {
    this.holders.debit(trader, amount)
    const proceeds = this.curve.sell(amount)
    return {
      emissions: [
        transfer(this.address, trader, OPEN_FOUR_CORE, amount),
        this.#trade(trader, false, amount, proceeds),
      ],
    }
  }

  /** The fee of one percent goes on top of what is paid, and off what is received. */
  #trade(trader: Address, isBuy: boolean, tokenAmount: bigint, curveQuoteAmount: bigint) {
    const { price, left, raised } = this.curve
    const protocolFee = curveQuoteAmount / 100n
    return emission(OPEN_FOUR_CORE, OPEN_FOUR_EVENTS, 'TradeExecuted', {
      token: this.address,
      trader,
      presetId: PRESET,
      isBuy,
      quoteAsset: this.#launch.quote,
      vault: zeroAddress,
      requestedTokenAmount: tokenAmount,
      tokenAmount,
      curveQuoteAmount,
      traderQuoteAmount: curveQuoteAmount + (isBuy ? protocolFee : -protocolFee),
      lastPrice: price,
      slippageLimit: 0n,
      protocolFee,
      taxFee: 0n,
      devFee: 0n,
      antiSniperFee: 0n,
      totalRaised: raised,
      remainingForSale: left,
    })
  }

  #migration(caller: Address): Emission[] {
    const { token, quote, pair } = this.#launch
    return [
      pairCreated(token, quote, pair),
      emission(OPEN_FOUR_CORE, OPEN_FOUR_EVENTS, 'MigrateExecuted', {
        presetId: PRESET,
        caller,
        token,
        vault: zeroAddress,
        migrateModule: zeroAddress,
        migrateTagId: TO_PANCAKE_V2,
        totalRaised: this.curve.raised,
        remainingForSale: 0n,
        hookDataHash: NO_HASH,
        migratedDataVersion: 1,
        encodedMigratedData: `0x${'0'.repeat(24)}${pair.slice(2)}`,
      }),
    ]
  }
}
