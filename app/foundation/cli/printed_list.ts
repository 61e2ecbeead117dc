import { printTable, type Cell } from '#foundation/cli/printed_table'

interface ListOptions<Row> {
  /** For programs: everything as `{"data": […]}`. */
  isJson?: boolean
  /** What each column of the table shows of a row, by its head. */
  columns: Record<string, (row: Row) => Cell>
  /** What to do when there is nothing, on stderr. */
  ifEmpty?: string
}

/** Prints what a command lists to stdout: a table, or JSON. */
export function printList<Row>(
  rows: readonly Row[],
  { isJson, columns, ifEmpty }: ListOptions<Row>
) {
  if (isJson) {
    process.stdout.write(`${JSON.stringify({ data: rows })}\n`)
    return
  }
  const cells = Object.values(columns)
  printTable(
    Object.keys(columns),
    rows.map((row) => cells.map((cellOf) => cellOf(row)))
  )
  if (rows.length === 0 && ifEmpty) {
    process.stderr.write(`${ifEmpty}\n`)
  }
}
