import type { Output } from '#foundation/cli/terminal'
import type { Clock } from '#foundation/clock'

/** How far a long job is. Times in milliseconds. */
export interface Progress {
  done: number
  total: number
  /** What is counted, e.g. "blocks". */
  unit: string
  /** What came of it so far, e.g. "1,204 events". */
  yield: string
  elapsedMs: number
  /** Where it comes from, e.g. the endpoint that is being read. */
  detail: string
}

/** How often a log gets a line, and a terminal a new picture, in milliseconds. */
const LINE_EVERY_MS = 10_000
const REDRAW_EVERY_MS = 100

/** Shows progress: a bar that redraws itself on a terminal, a line every 10 s elsewhere. */
export class ProgressPrinter {
  #shownAt: number

  constructor(
    private readonly clock: Clock,
    private readonly output: Output = process.stderr
  ) {
    this.#shownAt = clock.elapsed()
  }

  show(progress: Progress) {
    const every = this.output.isTTY ? REDRAW_EVERY_MS : LINE_EVERY_MS
    if (this.clock.elapsed() - this.#shownAt >= every) {
      this.#print(progress)
    }
  }

  /** Shows the last state and leaves the line. */
  finish(progress: Progress) {
    this.#print(progress)
    if (this.output.isTTY) {
      this.output.write('\n')
    }
  }

  #print(progress: Progress) {
    this.#shownAt = this.clock.elapsed()
    const text = this.output.isTTY
      ? `\r\u001b[2K${progressBar(progress, this.output.columns)}`
      : `${progressLine(progress)}\n`
    this.output.write(text)
  }
}

const BAR_CELLS = 32

/** A bar with fewer cells says nothing. */
const FEWEST_CELLS = 8

/**
 * One line with a bar, for a terminal: one that is wider than the terminal could not be redrawn. The bar
 * gives way first, then what stands furthest behind.
 */
export function progressBar(progress: Progress, columns = Infinity): string {
  const parts = progressParts(progress)
  const room = columns - 1
  while (parts.length > 2 && widthOf(parts) + FEWEST_CELLS > room) parts.pop()

  const cells = Math.max(0, Math.min(BAR_CELLS, room - widthOf(parts)))
  const filled = Math.round(share(progress) * cells)
  const bar = '█'.repeat(filled) + '░'.repeat(cells - filled)
  return `${bar} ${parts.join(SEPARATOR)}`.slice(0, room)
}

const SEPARATOR = ' · '

/** With the space that stands before it. */
function widthOf(parts: string[]): number {
  return parts.join(SEPARATOR).length + 1
}

/** The same without the bar, for a log. */
export function progressLine(progress: Progress): string {
  return progressParts(progress).join(SEPARATOR)
}

function progressParts(progress: Progress): string[] {
  const { done, total, unit, elapsedMs, detail } = progress
  const rate = elapsedMs > 0 ? (done / elapsedMs) * 1000 : 0
  const left = rate > 0 ? `${duration((total - done) / rate)} left` : 'measuring'
  return [
    `${(share(progress) * 100).toFixed(1)} %`,
    `${whole(done)} of ${whole(total)} ${unit}`,
    progress.yield,
    `${whole(rate)} ${unit}/s`,
    left,
    detail,
  ]
}

function share({ done, total }: Progress): number {
  return total > 0 ? Math.min(1, done / total) : 1
}

function whole(number: number): string {
  return Math.round(number).toLocaleString('en-US')
}

function duration(seconds: number): string {
  if (seconds < 60) {
    return `${Math.ceil(seconds)} s`
  }
  const minutes = Math.ceil(seconds / 60)
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
