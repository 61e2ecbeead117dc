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
  const failed = attempts.filter(({ outcome }) => outcome === 'failed').length
  return {
    width: SPARKS * PITCH,
    height: LINE + DEPTH,
    line: LINE,
    total: attempts.length,
    accepted: attempts.length - failed,
    failed,
    bars: attempts.map((attempt, index) => bar(attempt, (missing + index) * PITCH)),
  }
}

function bar({ outcome, durationMs }: DeliveryAttempt, x: number) {
  if (outcome === 'failed') {
    return { x, y: LINE + 1, width: WIDTH, height: DEPTH - 1, outcome }
  }
  const share = Math.log10(1 + durationMs) / Math.log10(1 + SLOW_MS)
  const height = Math.round(3 + Math.min(1, share) * (LINE - 4))
  return { x, y: LINE - height, width: WIDTH, height, outcome }
}
