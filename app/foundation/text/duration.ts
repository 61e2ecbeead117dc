const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/**
 * Reads a duration such as `250ms`, `10s`, `5m`, `2h` or `7d`. A bare number is none: `7` would be
 * 7 ms to one reader and 7 days to another.
 *
 * @returns milliseconds, or null when the text is not a duration
 */
export function parseDuration(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)$/.exec(text.trim())
  if (!match) return null

  return Math.round(Number(match[1]) * UNITS[match[2]!]!)
}
