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

/** A time (epoch milliseconds) to the minute in UTC, as tables show it; `-` where there is none. */
export function minuteText(at: number | null): string {
  return at === null ? '-' : new Date(at).toISOString().slice(0, 16).replace('T', ' ')
}

/** A share (0 to 1) as people read it, such as `99.9 %`. Rounded down: one failure in a million is not 100 %. */
export function percentText(share: number, locale = 'en'): string {
  const percent = Math.floor(share * 1000) / 10
  return `${percent.toLocaleString(locale)} %`
}
