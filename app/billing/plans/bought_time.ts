/** A price in wei for a time in milliseconds; the time is whole seconds. */
export interface Rate {
  price: bigint
  lengthMs: number
}

/** What an amount buys: whole seconds (as milliseconds), and the wei that paid for them. */
export interface BoughtTime {
  ms: number
  spent: bigint
}

/**
 * The time that an amount in wei buys pro rata, to the second. Exact: what is left over is less
 * than one second costs, and stays with the user who paid.
 */
export function boughtTime(amount: bigint, { price, lengthMs }: Rate): BoughtTime {
  const length = BigInt(lengthMs) / 1000n
  const seconds = (amount * length) / price
  return { ms: Number(seconds) * 1000, spent: ceilDivide(seconds * price, length) }
}

/** Rounded up, so that many small payments never buy more than one large one. */
function ceilDivide(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor - 1n) / divisor
}
