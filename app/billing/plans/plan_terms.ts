import type { PaidPlan } from '#config/plans'
import type { PlanName } from '#models/entitlement'

/** A price in wei for a time in milliseconds; the time is whole seconds. */
export interface Rate {
  price: bigint
  lengthMs: number
}

/** What a paid plan costs, how long it lasts, and what comes with it. */
export interface PaidTerms extends Rate {
  /** Of the jobs of its users: a higher one is sent first. */
  priority: number
}

/** The plans of this installation (config/plans.ts). Times in milliseconds, amounts in wei. */
export interface PlanTerms {
  trialMs: number
  paid: Record<PaidPlan, PaidTerms>
  /** The plan at whose rate any amount counts. By the day no other plan costs more. */
  base: PaidPlan
  /** Less than this buys no time yet; it is kept as credit. */
  minimum: bigint
  /** How long a quote's price holds. */
  quoteMs: number
  /** How long before the end of a plan its owner is reminded. */
  remindBeforeMs: number
}

/** The terms of a plan. A trial has none, nor has a plan that runs but is not sold any more. */
export function termsOf(plan: PlanName | null, { paid }: PlanTerms): PaidTerms | undefined {
  return plan === null || plan === 'trial' ? undefined : paid[plan]
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
