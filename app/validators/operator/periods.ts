const HOUR_MS = 3_600_000

/** How far back an operator may look or replay, in milliseconds; `all` has no bound. */
const PERIODS = {
  '1h': HOUR_MS,
  '24h': 24 * HOUR_MS,
  '7d': 7 * 24 * HOUR_MS,
  '30d': 30 * 24 * HOUR_MS,
  'all': Infinity,
} as const

export type Period = keyof typeof PERIODS

export const periods = Object.keys(PERIODS) as Period[]

/** When a period that ends now began, in epoch milliseconds. */
export function beginningOf(period: Period, now: number): number {
  return Math.max(0, now - PERIODS[period])
}
