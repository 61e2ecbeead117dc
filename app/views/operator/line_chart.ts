import type { Viewer } from '#http/viewer'

/** The drawing's own units; it is stretched to the width of its panel. */
const WIDTH = 600
const HEIGHT = 160

export interface Series {
  /** What it is called, such as a source; where it has words, those are shown. */
  name: string
  /** `operator.series.NAME`. */
  words?: string
  /** A value for each time; null where there is none. */
  values: readonly (number | null)[]
}

export interface ChartData {
  name: string
  /** Epoch milliseconds. */
  times: readonly number[]
  series: readonly Series[]
  /** How a value is written. */
  text: (value: number) => string
}

/**
 * Lines as a drawing that needs no script, as the candles of a token are, with the same as a table for
 * those who do not see it. Null where there are not two times to draw between.
 */
export function lineChart({ name, times, series, text }: ChartData, { localTime }: Viewer) {
  if (times.length < 2) return null

  const most =
    Math.max(...series.flatMap(({ values }) => values.map((value) => value ?? 0)), 0) || 1
  const [first, last] = [times[0]!, times.at(-1)!]
  const x = (time: number) => round(((time - first) / (last - first)) * WIDTH)
  const y = (value: number) => round(HEIGHT - 2 - (value / most) * (HEIGHT - 8))
  return {
    name,
    width: WIDTH,
    height: HEIGHT,
    most: text(most),
    from: localTime(first).clock,
    to: localTime(last).clock,
    series: series.map((one, index) => ({
      name: one.name,
      words: one.words ?? null,
      index,
      path: pathOf(one.values, times, x, y),
      last: valueText(one.values.at(-1), text),
    })),
    table: times.map((time, at) => ({
      time: localTime(time).text,
      values: series.map(({ values }) => valueText(values[at], text)),
    })),
  }
}

/** Where a value is missing, the line breaks. */
function pathOf(
  values: Series['values'],
  times: readonly number[],
  x: (time: number) => number,
  y: (value: number) => number
): string {
  let isDrawing = false
  return values
    .flatMap((value, index) => {
      if (value === null) {
        isDrawing = false
        return []
      }
      const command = isDrawing ? 'L' : 'M'
      isDrawing = true
      return `${command}${x(times[index]!)} ${y(value)}`
    })
    .join('')
}

function valueText(value: number | null | undefined, text: ChartData['text']): string {
  return value === null || value === undefined ? '–' : text(value)
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
