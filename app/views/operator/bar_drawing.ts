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
