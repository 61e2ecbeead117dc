/** A time (epoch milliseconds) to the minute in UTC, as tables show it; `-` where there is none. */
export function minuteText(at: number | null): string {
  return at === null ? '-' : new Date(at).toISOString().slice(0, 16).replace('T', ' ')
}
