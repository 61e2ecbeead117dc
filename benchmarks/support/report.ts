import { cpus } from 'node:os'

export interface BenchResult {
  bench: string
  /** Ours against each baseline of the same run; more is better. */
  ratios: Record<string, number>
  figures: Record<string, number>
  runs: number
}

/** Prints a table on stderr and, as the last line on stdout, the result as one JSON object. */
export function report(result: BenchResult, rows: [string, Record<string, string>][]) {
  const columns = Object.keys(rows[0]?.[1] ?? {})
  const width = Math.max(...rows.map(([name]) => name.length)) + 2
  const cell = (text: string) => text.padStart(16)

  process.stderr.write(`\n${''.padEnd(width)}${columns.map(cell).join('')}\n`)
  for (const [name, values] of rows) {
    const cells = columns.map((column) => cell(values[column] ?? ''))
    process.stderr.write(`${name.padEnd(width)}${cells.join('')}\n`)
  }
  process.stderr.write('\n')

  const machine = { node: process.versions.node, cpus: cpus().length }
  process.stdout.write(`${JSON.stringify({ ...result, ...machine })}\n`)
}

export function round(value: number, digits = 2): number {
  return Number(value.toFixed(digits))
}
