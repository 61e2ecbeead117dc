import type DeliveryAttempt from '#models/delivery_attempt'

/** In units of the drawing; what was well stands on the line, what was not hangs below it. */
const LINE = 20
const DEPTH = 8
const PITCH = 4
const WIDTH = 3

interface Bar {
  /** How high it stands, of 1; null where nothing does. */
  height: number | null
  /** Whether something hangs below the line. */
  hangs: boolean
}

/**
 * Draws bars with the last one on the right, in the language of SVG paths: one path for what stands
 * and one for what hangs cost a page less than a shape for each bar. The side tells what was wrong,
 * not the colour alone.
 */
export function drawBars(bars: readonly Bar[], places: number) {
  const missing = places - bars.length
  const pathOf = (shape: (x: number, bar: Bar) => string) =>
    bars.map((bar, index) => shape((missing + index) * PITCH, bar)).join('')

  return {
    width: places * PITCH,
    height: LINE + DEPTH,
    line: `M0 ${LINE + 0.5}H${places * PITCH}`,
    standing: pathOf(standing),
    hanging: pathOf(hanging),
  }
}

function standing(x: number, { height }: Bar): string {
  return height === null
    ? ''
    : `M${x} ${LINE}h${WIDTH}v-${Math.round(3 + height * (LINE - 4))}h-${WIDTH}z`
}

function hanging(x: number, { hangs }: Bar): string {
  return hangs ? `M${x} ${LINE + 1}h${WIDTH}v${DEPTH - 1}h-${WIDTH}z` : ''
}

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
