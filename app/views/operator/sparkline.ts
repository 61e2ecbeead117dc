import type DeliveryAttempt from '#models/delivery_attempt'
import { drawBars } from '#views/operator/bar_drawing'

/** An answer that takes as long as this, in milliseconds, or longer, is drawn at full height. */
const SLOW_MS = 10_000

/** The most attempts that a sparkline shows. */
export const SPARKS = 40

/**
 * The newest attempts of an endpoint as bars, the newest on the right. The height is how long an
 * accepted one took, on a logarithmic scale; what failed hangs.
 */
export function sparkline(attempts: readonly DeliveryAttempt[]) {
  const failed = attempts.filter(({ outcome }) => outcome === 'failed').length
  return {
    ...drawBars(attempts.map(barOf), SPARKS),
    counts: { total: attempts.length, accepted: attempts.length - failed, failed },
  }
}

function barOf({ outcome, durationMs }: DeliveryAttempt) {
  if (outcome === 'failed') {
    return { height: null, hangs: true }
  }
  return {
    height: Math.min(1, Math.log10(1 + durationMs) / Math.log10(1 + SLOW_MS)),
    hangs: false,
  }
}
