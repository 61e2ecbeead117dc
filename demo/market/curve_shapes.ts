import type { CurveShape } from '#demo/market/curve'

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
