const WHOLE_TOKEN = 10n ** 18n

/** A constant-product curve: quote × base = k, both with a virtual part. All in wei. */
export interface CurveShape {
  /** Tokens that the curve sells. */
  supply: bigint
  /** Tokens that are priced in but never sold. */
  virtualBase: bigint
  /** Quote that is priced in but never paid in. */
  virtualQuote: bigint
}

/** A bonding curve in motion. Rounds against the trader, so it never pays out what it has not. */
export class Curve {
  readonly #k: bigint
  readonly #shape: CurveShape
  #raised = 0n
  #sold = 0n

  constructor(shape: CurveShape) {
    this.#shape = shape
    this.#k = shape.virtualQuote * (shape.supply + shape.virtualBase)
  }

  /** Quote paid in so far. */
  get raised() {
    return this.#raised
  }

  get sold() {
    return this.#sold
  }

  /** Tokens not sold yet; a curve without any is complete. */
  get left() {
    return this.#shape.supply - this.#sold
  }

  /** Quote that completes the curve from its start. */
  get target(): bigint {
    return divideUp(this.#k, this.#shape.virtualBase) - this.#shape.virtualQuote
  }

  /** Quote wei for one whole token. */
  get price(): bigint {
    return (this.#quote * WHOLE_TOKEN) / this.#base
  }

  /** Buys for `offer`, or the rest of the curve for less. */
  buy(offer: bigint): { cost: bigint; amount: bigint } {
    const rest = this.target - this.#raised
    const cost = offer < rest ? offer : rest
    const amount = offer < rest ? this.#base - divideUp(this.#k, this.#quote + cost) : this.left

    this.#raised += cost
    this.#sold += amount
    return { cost, amount }
  }

  /** Sells `amount` tokens and answers the quote they bring. */
  sell(amount: bigint): bigint {
    const proceeds = this.#quote - divideUp(this.#k, this.#base + amount)

    this.#raised -= proceeds
    this.#sold -= amount
    return proceeds
  }

  get #quote() {
    return this.#shape.virtualQuote + this.#raised
  }

  get #base() {
    return this.left + this.#shape.virtualBase
  }
}

function divideUp(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor - 1n) / divisor
}

/** Whole tokens in wei; up to six decimals. */
export function wei(tokens: number): bigint {
  return BigInt(Math.round(tokens * 1e6)) * 10n ** 12n
}

/** Both launchpads issue a thousand million tokens and sell 800 million on the curve. */
export const TOTAL_SUPPLY = wei(1_000_000_000)
export const CURVE_SUPPLY = wei(800_000_000)

/**
 * Four.meme: a raise target per token. The curve ends at the price at which the remaining 200
 * million tokens go to the exchange with 98 % of what was raised.
 */
export function fourShape(target: bigint): CurveShape {
  const virtualBase = wei(100_000_000_000) / 365n
  return {
    supply: CURVE_SUPPLY,
    virtualBase,
    virtualQuote: (target * virtualBase) / CURVE_SUPPLY,
  }
}

/** Flap's parameters: (1e9 + h − supply) × (reserve + r) = k. */
export interface FlapParameters {
  r: bigint
  h: bigint
  k: bigint
}

/** The BNB profile of 2026: 15.998 BNB complete it. */
export const FLAP_BNB: FlapParameters = {
  r: wei(6.14),
  h: wei(107_036_752),
  k: wei(6_797_205_657.28),
}

/** The same curve for an asset of which `perBnb` are worth one BNB. */
export function flapInQuote(perBnb: bigint): FlapParameters {
  return { r: FLAP_BNB.r * perBnb, h: FLAP_BNB.h, k: FLAP_BNB.k * perBnb }
}

export function flapShape({ r, h }: FlapParameters): CurveShape {
  return { supply: CURVE_SUPPLY, virtualBase: TOTAL_SUPPLY + h - CURVE_SUPPLY, virtualQuote: r }
}
