/**
 * What a `Retry-After` header asks for, seconds or a date (RFC 9110 §10.2.3), in milliseconds from
 * `now` and at most `longestMs`; null when there is none or it makes no sense.
 */
export function retryAfterMs(
  header: string | null | undefined,
  now: number,
  longestMs = Infinity
): number | null {
  if (!header) {
    return null
  }
  const wait = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now
  return Number.isNaN(wait) ? null : Math.min(Math.max(0, wait), longestMs)
}
