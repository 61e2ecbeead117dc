import { zeroAddress, type Address } from 'viem'
import { BNB, FLAP_PORTAL } from '#demo/market/addresses'
import {
  Curve,
  CURVE_SUPPLY,
  flapShape,
  TOTAL_SUPPLY,
  type FlapParameters,
} from '#demo/market/curve'
import { emission, type Emission, FLAP_EVENTS, transfer } from '#demo/market/events'
import { pairCreated, Holders, type Deed, type MarketToken } from '#demo/market/token'
import type { Name } from '#demo/market/names'

export interface FlapLaunch {
  token: Address
  creator: Address
  name: Name
  /** The IPFS address of its description. */
  meta: string
  quote: Address
  curve: FlapParameters
  nonce: bigint
  /** The pair that its liquidity will go to; it exists from the launch on. */
  pair: Address
  /** Basis points; 0 for a token without tax. */
  tax: bigint
  /** The order of the logs of a launch is not promised anywhere. */
  shuffle: (logs: Emission[]) => Emission[]
}

/** Values of the Portal's enumerations. */
const TOKEN_VERSION = { standard: 2, taxed: 6 }
const MIGRATOR_V2 = 1

/** A token on Flap's Portal. */
export class FlapToken implements MarketToken {
  readonly address: Address
  readonly creator: Address
  readonly curve: Curve
  readonly holders = new Holders()
  readonly #launch: FlapLaunch
  readonly #now: () => number

  /** `now` answers epoch milliseconds: every event of the Portal carries its own time. */
  constructor(launch: FlapLaunch, now: () => number) {
    this.#launch = launch
    this.#now = now
    this.address = launch.token
    this.creator = launch.creator
    this.curve = new Curve(flapShape(launch.curve))
  }

  create(): Deed {
    const { token, creator, name, meta, nonce, curve, quote, tax, pair, shuffle } = this.#launch
    const ts = this.#ts
    const [named, symbol] = name

    const settings = [
      emission(FLAP_PORTAL, FLAP_EVENTS, 'TokenCreated', {
        ts,
        creator,
        nonce,
        token,
        name: named,
        symbol,
        meta,
      }),
      emission(FLAP_PORTAL, FLAP_EVENTS, 'TokenCurveSetV2', { token, ...curve }),
      emission(FLAP_PORTAL, FLAP_EVENTS, 'TokenDexSupplyThreshSet', {
        token,
        dexSupplyThresh: CURVE_SUPPLY,
      }),
      emission(FLAP_PORTAL, FLAP_EVENTS, 'TokenVersionSet', {
        token,
        version: tax ? TOKEN_VERSION.taxed : TOKEN_VERSION.standard,
      }),
      emission(FLAP_PORTAL, FLAP_EVENTS, 'TokenMigratorSet', { token, migratorType: MIGRATOR_V2 }),
      emission(FLAP_PORTAL, FLAP_EVENTS, 'TokenDexPreferenceSet', {
        token,
        dexId: 0,
        lpFeeProfile: 0,
      }),
      ...(quote === BNB
        ? []
        : [emission(FLAP_PORTAL, FLAP_EVENTS, 'TokenQuoteSet', { token, quoteToken: quote })]),
      ...(tax ? [emission(FLAP_PORTAL, FLAP_EVENTS, 'FlapTokenTaxSet', { token, tax })] : []),
    ]
    const mint = transfer(token, zeroAddress, FLAP_PORTAL, TOTAL_SUPPLY)
    return { emissions: [mint, ...shuffle(settings), pairCreated(token, quote, pair)] }
  }

  /** A buyer pays `offer` in all: the fee and the tax come out of it. */
  buy(buyer: Address, offer: bigint): Deed {
    const { cost, amount } = this.curve.buy((offer * 10_000n) / (10_000n + this.#feeRate))
    this.holders.credit(buyer, amount)

    const fee = (cost * this.#feeRate) / 10_000n
    return {
      emissions: [
        transfer(this.address, FLAP_PORTAL, buyer, amount),
        emission(FLAP_PORTAL, FLAP_EVENTS, 'TokenBought', {
          ...this.#trade(amount, cost + fee, fee),
          buyer,
        }),
        ...this.#companions(fee),
        ...(this.curve.left === 0n ? [this.#graduation()] : []),
      ],
    }
  }

  sell(seller: Address, amount: bigint): Deed {
    this.holders.debit(seller, amount)
    const proceeds = this.curve.sell(amount)

    const fee = (proceeds * this.#feeRate) / 10_000n
    return {
      emissions: [
        transfer(this.address, seller, FLAP_PORTAL, amount),
        emission(FLAP_PORTAL, FLAP_EVENTS, 'TokenSold', {
          ...this.#trade(amount, proceeds, fee),
          seller,
        }),
        ...this.#companions(fee),
      ],
    }
  }

  #trade(amount: bigint, eth: bigint, fee: bigint) {
    return { ts: this.#ts, token: this.address, amount, eth, fee, postPrice: this.curve.price }
  }

  /** What the Portal reports beside every trade. */
  #companions(fee: bigint): Emission[] {
    const token = this.address
    const { sold } = this.curve
    const newProgress = (sold * 10n ** 18n) / CURVE_SUPPLY
    return [
      emission(FLAP_PORTAL, FLAP_EVENTS, 'FlapTokenCirculatingSupplyChanged', {
        token,
        newSupply: sold,
      }),
      emission(FLAP_PORTAL, FLAP_EVENTS, 'FlapTokenProgressChanged', { token, newProgress }),
      ...(this.#launch.tax
        ? [emission(FLAP_PORTAL, FLAP_EVENTS, 'TaxV2OnBondingCurvePaid', { token, amount: fee })]
        : []),
    ]
  }

  #graduation(): Emission {
    return emission(FLAP_PORTAL, FLAP_EVENTS, 'LaunchedToDEX', {
      token: this.address,
      pool: this.#launch.pair,
      amount: TOTAL_SUPPLY - CURVE_SUPPLY,
      eth: this.curve.raised,
    })
  }

  /** One percent and the tax, in basis points. */
  get #feeRate() {
    return 100n + this.#launch.tax
  }

  get #ts() {
    return BigInt(Math.floor(this.#now() / 1000))
  }
}
