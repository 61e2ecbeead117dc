import type { Clock } from '#foundation/clock'
import { progressBar, progressLine, type Progress } from '#foundation/cli/progress'

/** How often a log gets a line, and a terminal a new picture, in milliseconds. */
const LINE_EVERY_MS = 10_000
const REDRAW_EVERY_MS = 100

interface Output {
  isTTY?: boolean
  write(text: string): unknown
}

/** Shows progress: a bar that redraws itself on a terminal, a line every 10 s elsewhere. */
export class ProgressPrinter {
  #shownAt: number

  constructor(
    private readonly clock: Clock,
    private readonly output: Output = process.stderr
  ) {
    this.#shownAt = clock.now()
  }

  show(progress: Progress) {
    const every = this.output.isTTY ? REDRAW_EVERY_MS : LINE_EVERY_MS
    if (this.clock.now() - this.#shownAt >= every) {
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
    this.#shownAt = this.clock.now()
    const text = this.output.isTTY
      ? `\r\u001b[2K${progressBar(progress)}`
      : `${progressLine(progress)}\n`
    this.output.write(text)
  }
}
