import type { Address, Hex } from 'viem'
import { systemClock, type Clock } from '#foundation/clock'
import { DOLLARS_PER_BNB } from '#demo/chain/price_pair'
import type { LocalChain } from '#demo/chain/local_chain'
import { BNB, TOKEN_MANAGER_V1, USD1, USDT, WBNB } from '#demo/market/addresses'
import { FLAP_BNB, flapInQuote, wei } from '#demo/market/curve'
import { emission, toCall, type Emission, FOUR_V1_EVENTS } from '#demo/market/events'
import { FlapToken, type FlapLaunch } from '#demo/market/flap_token'
import { FourToken, type FourLaunch } from '#demo/market/four_token'
import { OpenFourToken, type OpenFourLaunch } from '#demo/market/open_four_token'
import { NAMES } from '#demo/market/names'
import type { Random } from '#demo/market/random'
import type { Deed, MarketToken } from '#demo/market/token'

/** A transaction of the market: what it emitted, in order. It may not be mined yet. */
export interface Receipt {
  hash: Hex
  emitted: Emission[]
}

export interface Launched<Token extends MarketToken> extends Receipt {
  token: Token
}

/** Mostly BNB, sometimes a dollar. */
const QUOTES = [BNB, BNB, BNB, BNB, BNB, BNB, USD1, USDT]

/** Launchpads and traders on a local chain. What is not given is drawn from `random`. */
export class Market {
  readonly #chain: LocalChain
  readonly #random: Random
  readonly #clock: Clock
  #launches = 0n

  constructor(chain: LocalChain, random: Random, clock: Clock = systemClock) {
    this.#chain = chain
    this.#random = random
    this.#clock = clock
  }

  async createFour(given: Partial<FourLaunch> = {}): Promise<Launched<FourToken>> {
    const random = this.#random
    const quote = given.quote ?? random.pick(QUOTES)
    const raiseTarget = quote === BNB ? wei(18) : wei(12_000)
    const token = new FourToken({
      token: random.address(random.chance(0.2) ? 'ffff' : '4444'),
      creator: random.address(),
      name: random.pick(NAMES),
      quote,
      raiseTarget,
      requestId: 90_000_000n + ++this.#launches,
      pair: random.address(),
      preBuy: random.chance(0.4) ? random.part(raiseTarget, random.between(0.001, 0.05)) : 0n,
      ...given,
    })
    return this.#launch(token)
  }

  async createFlap(given: Partial<FlapLaunch> = {}): Promise<Launched<FlapToken>> {
    const random = this.#random
    const quote = given.quote ?? random.pick(QUOTES)
    const tax = given.tax ?? (random.chance(0.7) ? 300n : 0n)
    const token = new FlapToken(
      {
        token: random.address(tax ? '7777' : '8888'),
        creator: random.address(),
        name: random.pick(NAMES),
        meta: `bafkrei${random.address().slice(2)}`,
        quote,
        curve: quote === BNB ? FLAP_BNB : flapInQuote(DOLLARS_PER_BNB),
        nonce: ++this.#launches,
        pair: random.address(),
        tax,
        shuffle: (logs) => random.shuffle(logs),
        ...given,
      },
      () => this.#clock.now()
    )
    return this.#launch(token)
  }

  async createOpenFour(given: Partial<OpenFourLaunch> = {}): Promise<Launched<OpenFourToken>> {
    const random = this.#random
    const drawn = random.pick(QUOTES)
    const token = new OpenFourToken({
      token: random.address(),
      creator: random.address(),
      name: random.pick(NAMES),
      quote: drawn === BNB ? WBNB : drawn,
      raiseTarget: drawn === BNB ? wei(18) : wei(12_000),
      requestId: 90_000_000n + ++this.#launches,
      metadataUri: `ipfs://bafkrei${random.address().slice(2)}`,
      pair: random.address(),
      ...given,
    })
    return this.#launch(token)
  }

  /** Buys for `offer` wei of the quote asset; not given: a plausible sum. */
  buy(token: MarketToken, offer?: bigint, trader?: Address): Promise<Receipt> {
    const sum = offer ?? this.#random.part(token.curve.target, this.#random.between(0.0005, 0.04))
    return this.#do(token.buy(trader ?? this.#random.address(), sum))
  }

  /** A holder sells a part; the token must have one. */
  sell(token: MarketToken): Promise<Receipt> {
    const [holder, balance] = this.#random.pick([...token.holders])
    return this.#do(token.sell(holder, this.#random.part(balance, this.#random.between(0.1, 0.9))))
  }

  /** A trader buys all that is left of the curve. */
  graduate(token: MarketToken): Promise<Receipt> {
    return this.buy(token, token.curve.target * 2n)
  }

  /** A token of the first manager, from before this chain began, changes hands. */
  tradeFirstVersion(): Promise<Receipt> {
    const tokenAmount = wei(this.#random.between(10_000, 500_000))
    const etherAmount = tokenAmount / 40_000_000n
    const args = {
      token: this.#random.address(),
      account: this.#random.address(),
      tokenAmount,
      etherAmount,
      fee: etherAmount / 100n,
    }
    const side = this.#random.pick(['TokenPurchase', 'TokenSale'] as const)
    return this.#do({ emissions: [emission(TOKEN_MANAGER_V1, FOUR_V1_EVENTS, side, args)] })
  }

  async #launch<Token extends MarketToken>(token: Token): Promise<Launched<Token>> {
    await this.#chain.placeEmitter(token.address)
    return { token, ...(await this.#do(token.create())) }
  }

  async #do({ emissions, otherCalls = [] }: Deed): Promise<Receipt> {
    const hash = await this.#chain.send([...emissions.map(toCall), ...otherCalls])
    return { hash, emitted: emissions }
  }
}
