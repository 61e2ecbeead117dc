/** A figure and the bound that it has to keep. */
export interface Target {
  name: string
  value: number
  atMost?: number
  atLeast?: number
  /** As people read it. */
  show: (value: number) => string
}

/** Prints on stderr whether each figure keeps its bound: PASS, or short of it. */
export function reportTargets(targets: readonly Target[]) {
  const width = Math.max(...targets.map(({ name }) => name.length)) + 2
  for (const { name, value, atMost = Infinity, atLeast = -Infinity, show } of targets) {
    const bound = atMost === Infinity ? `≥ ${show(atLeast)}` : `≤ ${show(atMost)}`
    const verdict = value >= atLeast && value <= atMost ? 'PASS' : 'short'
    const cells = [show(value), bound, verdict].map((cell) => cell.padStart(12))
    process.stderr.write(`${name.padEnd(width)}${cells.join('')}\n`)
  }
  process.stderr.write('\n')
}
