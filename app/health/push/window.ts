/** The stretch of time that a check judges, in epoch milliseconds; `until` is not included. */
export interface Window {
  since: number
  until: number
}

/** The last `lookbackMs`, without what is too young to have arrived. All in milliseconds. */
export function windowBefore(now: number, lookbackMs: number, settleMs: number): Window {
  const until = now - settleMs
  return { since: until - lookbackMs, until }
}
