/** A duration as people compare them: `84 ms`, `1.2 s`, `5 min`, `3.5 h`. */
export function durationText(ms: number): string {
  if (ms < 1000) return `${Math.max(ms, 0)} ms`
  if (ms < 60_000) return `${tenths(ms / 1000)} s`
  return ms < 3_600_000 ? `${Math.round(ms / 60_000)} min` : `${tenths(ms / 3_600_000)} h`
}

/** The same where there may be none yet. */
export function optionalDuration(ms: number | null): string | null {
  return ms === null ? null : durationText(ms)
}

function tenths(amount: number): number {
  return Math.round(amount * 10) / 10
}
