import { LONGEST_WAIT_MS } from '#delivery/lanes/retry_policy'

/**
 * What a `Retry-After` header asks for, seconds or a date, in milliseconds from now and a day at
 * most; null when there is none or it makes no sense.
 */
export function retryAfter(header: string | undefined, now: number): number | null {
  if (!header) {
    return null
  }
  const wait = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now
  return Number.isNaN(wait) ? null : Math.min(Math.max(0, wait), LONGEST_WAIT_MS)
}
