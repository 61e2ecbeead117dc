/** What a paid plan costs and how long it lasts. The length is whole seconds, in milliseconds. */
export interface PaidTerms {
  /** In wei. */
  price: bigint
  lengthMs: number
}

/** The plans of this installation (config/plans.ts). Times in milliseconds, amounts in wei. */
export interface PlanTerms {
  trialMs: number
  monthly: PaidTerms
  yearly: PaidTerms
  /** Less than this buys no time yet; it is kept as credit. */
  minimum: bigint
  /** How long a quote's price holds. */
  quoteMs: number
  /** How long before the end of a plan its owner is reminded. */
  remindBeforeMs: number
}

/** What an amount buys: whole seconds (as milliseconds), and the wei that paid for them. */
export interface BoughtTime {
  ms: number
  spent: bigint
}

/**
 * The time that an amount in wei buys pro rata, to the second. Exact: what is left over is less
 * than one second costs, and stays with whoever paid.
 */
export function boughtTime(amount: bigint, { price, lengthMs }: PaidTerms): BoughtTime {
  const length = BigInt(lengthMs) / 1000n
  const seconds = (amount * length) / price
  return { ms: Number(seconds) * 1000, spent: ceilDivide(seconds * price, length) }
}

/** Rounded up, so that many small payments never buy more than one large one. */
function ceilDivide(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor - 1n) / divisor
}
