import { print, printAside } from '#foundation/cli/print'
import { cutTo, displayWidth, padTo, painted, type Output } from '#foundation/cli/terminal'
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
    printJson(rows)
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

/** Prints what `--json` asks for: one line, with everything below `data`, as the API answers. */
export function printJson(data: unknown) {
  print(`${JSON.stringify({ data })}\n`)
}

export type Cell = string | number | null

/** Between columns on a terminal. */
const SPACE = '  '

/** A column that gives way to others keeps so many cells. */
const NARROWEST = 8

/**
 * Prints rows in columns on a terminal, none longer than one of its lines, and whole as tab-separated
 * values elsewhere.
 */
export function printTable(
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  output: Output = process.stdout
) {
  const texts = rows.map((row) => row.map(oneLine))
  const lines = output.isTTY
    ? linesFor(output, head, texts)
    : [head, ...texts].map((line) => line.join('\t'))
  for (const line of lines) output.write(`${line}\n`)
}

function linesFor({ columns }: Output, head: readonly string[], rows: string[][]): string[] {
  const wanted = head.map((name, column) =>
    Math.max(...[name, ...rows.map((row) => row[column]!)].map(displayWidth))
  )
  const widths = columns === undefined ? wanted : fitted(wanted, columns)
  const sides = head.map((_, column) => (isNumeric(rows, column) ? 'start' : 'end'))
  const lineOf = (row: readonly string[]) =>
    row
      .map((text, column) => padTo(widths[column]!, cutTo(widths[column]!, text), sides[column]))
      .join(SPACE)
      .trimEnd()
  return [painted('bold', lineOf(head)), ...rows.map(lineOf)]
}

/** Takes from the widest columns what a line of the terminal has no room for. */
function fitted(wanted: readonly number[], columns: number): number[] {
  const widths = [...wanted]
  let over = sumOf(widths) + SPACE.length * (widths.length - 1) - columns
  while (over > 0) {
    const widest = widths.indexOf(Math.max(...widths))
    if (widths[widest]! <= NARROWEST) break
    widths[widest]!--
    over--
  }
  return widths
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0)
}

/** Numbers, and nothing where one is not known. */
function isNumeric(rows: readonly string[][], column: number): boolean {
  const cells = rows.map((row) => row[column]!).filter((cell) => cell !== '-')
  return cells.length > 0 && cells.every((cell) => /^-?\d[\d,]*(\.\d+)?$/.test(cell))
}

/** Tabs and line breaks would break the table, other control characters the terminal. */
function oneLine(cell: Cell): string {
  return harmless(String(cell ?? '-').replace(/[\t\r\n]+/g, ' '))
}
