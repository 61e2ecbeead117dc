import { print, printAside } from '#foundation/cli/print'
import { harmless } from '#foundation/text/harmless'

interface ListOptions<Row> {
  /** For programs: everything as `{"data": […]}`. */
  isJson?: boolean
  /** What each column of the table shows of a row, by its head. */
  columns: Record<string, (row: Row) => Cell>
  /** A hint for an empty list, on stderr. */
  ifEmpty?: string
}

/** Prints what a command lists to stdout: a table, or JSON. */
export function printList<Row>(
  rows: readonly Row[],
  { isJson, columns, ifEmpty }: ListOptions<Row>
) {
  if (isJson) {
    print(`${JSON.stringify({ data: rows })}\n`)
    return
  }
  const cells = Object.values(columns)
  printTable(
    Object.keys(columns),
    rows.map((row) => cells.map((cellOf) => cellOf(row)))
  )
  if (rows.length === 0 && ifEmpty) {
    printAside(`${ifEmpty}\n`)
  }
}

interface Output {
  isTTY?: boolean
  write(text: string): unknown
}

export type Cell = string | number | null

/** Prints rows in columns on a terminal, and as tab-separated values elsewhere. */
export function printTable(
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  output: Output = process.stdout
) {
  const lines = [head, ...rows].map((row) => row.map((cell) => oneLine(cell)))
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)))

  for (const line of lines) {
    const text = output.isTTY
      ? line
          .map((cell, column) => cell.padEnd(widths[column]!))
          .join('  ')
          .trimEnd()
      : line.join('\t')
    output.write(`${text}\n`)
  }
}

/** Tabs and line breaks would break the table, other control characters the terminal. */
function oneLine(cell: Cell): string {
  return harmless(String(cell ?? '-').replace(/[\t\r\n]+/g, ' '))
}
