const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
]

const formats = new Map<string, Intl.RelativeTimeFormat>()

/**
 * How long ago, in the largest unit that fits: `12s ago`. The server and the browser both use
 * it, so that a page ticks on in the words it was rendered with.
 */
export function ageText(elapsedMs: number, locale: string): string {
  const elapsed = Math.max(elapsedMs, 1000)
  const [unit, size] = UNITS.find(([, ms]) => elapsed >= ms)!
  const format = formats.get(locale) ?? new Intl.RelativeTimeFormat(locale, { style: 'narrow' })
  formats.set(locale, format)
  return format.format(-Math.floor(elapsed / size), unit)
}
