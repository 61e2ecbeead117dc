import env from '#start/env'
import type { Rate } from '#billing/plans/bought_time'

/** What a paid plan costs, how long it lasts, and what comes with it. */
export interface PaidTerms extends Rate {
  /** Of the jobs of its users: a higher one is sent first. */
  priority: number
}

const DAY_MS = 86_400_000

/** The price of a year in ten-thousandths of a month's: whole ones, so that people can type it. */
const YEARLY_BASIS_POINTS = (365n * 80n * 100n) / 30n

/** What 30 days cost, in wei. */
const monthlyPrice = env.get('PLAN_PRICE_BNB')

/**
 * The plans for sale, in the order in which /renew offers them. A new one is an entry here, and its
 * name in `account.plan.names` of each language.
 */
const paid = {
  /** Any amount counts pro rata to the second. */
  monthly: { price: monthlyPrice, lengthMs: 30 * DAY_MS, priority: 0 },

  /** 20 % less by the day, for deposits that reach the price of one quote. */
  yearly: {
    price: (monthlyPrice * YEARLY_BASIS_POINTS) / 10_000n,
    lengthMs: 365 * DAY_MS,
    priority: 1,
  },
} satisfies Record<string, PaidTerms>

export type PaidPlan = keyof typeof paid

/** What the plans cost, and how long they last. Times in milliseconds, amounts in wei. */
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

/** The plans of this installation. */
const plans: PlanTerms = {
  /** Free, once, with one push per source. */
  trialMs: 3 * DAY_MS,
  paid,
  base: 'monthly',
  minimum: env.get('PAYMENT_MINIMUM_BNB'),
  quoteMs: DAY_MS,
  remindBeforeMs: DAY_MS,
}

export default plans

/** The names of the plans for sale. */
export function paidPlans(): PaidPlan[] {
  return Object.keys(plans.paid) as PaidPlan[]
}
