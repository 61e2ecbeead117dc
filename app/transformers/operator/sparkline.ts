import type DeliveryAttempt from '#models/delivery_attempt'

/** In units of the drawing; what was accepted stands on the line, what failed hangs below it. */
const LINE = 20
const DEPTH = 8
const PITCH = 4
const WIDTH = 3

/** An answer that takes as long as this, in milliseconds, or longer, is drawn at full height. */
const SLOW_MS = 10_000

/** The most attempts that a sparkline shows. */
export const SPARKS = 40

/**
 * The newest attempts of an endpoint as bars, the newest on the right. The height is how long an
 * accepted one took, on a logarithmic scale; the side tells what failed, not the colour alone.
 */
export function sparkline(attempts: readonly DeliveryAttempt[]) {
  const missing = SPARKS - attempts.length
  const xOf = (index: number) => (missing + index) * PITCH
  const bars = (outcome: string) =>
    attempts.map((attempt, index) => (attempt.outcome === outcome ? bar(xOf(index), attempt) : ''))
  const failed = attempts.filter(({ outcome }) => outcome === 'failed').length

  return {
    width: SPARKS * PITCH,
    height: LINE + DEPTH,
    line: `M0 ${LINE + 0.5}H${SPARKS * PITCH}`,
    accepted: bars('accepted').join(''),
    failed: bars('failed').join(''),
    counts: { total: attempts.length, accepted: attempts.length - failed, failed },
  }
}

/** In the language of SVG paths: one for each outcome costs a page less than a shape for each bar. */
function bar(x: number, { outcome, durationMs }: DeliveryAttempt): string {
  if (outcome === 'failed') {
    return `M${x} ${LINE + 1}h${WIDTH}v${DEPTH - 1}h-${WIDTH}z`
  }
  const share = Math.min(1, Math.log10(1 + durationMs) / Math.log10(1 + SLOW_MS))
  return `M${x} ${LINE}h${WIDTH}v-${Math.round(3 + share * (LINE - 4))}h-${WIDTH}z`
}
