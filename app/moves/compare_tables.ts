import { hash } from 'node:crypto'
import { keyOf, type DatabaseSide, type MovedTable } from '#moves/database_side'
import type { PlainRow } from '#moves/plain_values'

/** Rows that are read at once. */
export const ROWS_AT_ONCE = 1000

/** Differing rows that are named of one table. */
const NAMED = 10

export interface TableSum {
  rows: number
  /** 32 digits. The same for the same rows, in whichever order they are read. */
  checksum: string
}

/** A row that is not the same on both sides, by its key. */
export interface RowDifference {
  key: string
  /** `missing` on the target, `extra` there, or the columns that differ. */
  what: 'missing' | 'extra' | { columns: string[] }
}

const MODULUS = 1n << 128n

/** The sum of the hashes of all rows, modulo 2^128: no order and no rounding is in it. */
export async function sumOf(
  side: DatabaseSide,
  table: MovedTable,
  onRows: (count: number) => void = () => {}
): Promise<TableSum> {
  let rows = 0
  let sum = 0n
  for await (const batch of batchesOf(side, table)) {
    for (const row of batch) {
      sum += BigInt(`0x${hash('sha256', JSON.stringify(row)).slice(0, 32)}`)
    }
    sum %= MODULUS
    rows += batch.length
    onRows(batch.length)
  }
  return { rows, checksum: sum.toString(16).padStart(32, '0') }
}

/** The first rows that differ, of a table whose sums do. */
export async function differencesIn(
  from: DatabaseSide,
  to: DatabaseSide,
  table: MovedTable
): Promise<RowDifference[]> {
  const found: RowDifference[] = []
  const note = (row: PlainRow, what: RowDifference['what']) =>
    found.length < NAMED && found.push({ key: keyOf(table, row).join(', '), what })

  for await (const batch of batchesOf(from, table)) {
    const theirs = await byKey(to, table, batch)
    for (const row of batch) {
      const other = theirs.get(keyTextOf(table, row))
      if (!other) note(row, 'missing')
      else if (JSON.stringify(row) !== JSON.stringify(other)) {
        const columns = table.columns.filter((_, index) => row[index] !== other[index])
        note(row, { columns: columns.map(({ name }) => name) })
      }
    }
    if (found.length === NAMED) return found
  }
  for await (const batch of batchesOf(to, table)) {
    const ours = await byKey(from, table, batch)
    for (const row of batch) {
      if (!ours.has(keyTextOf(table, row))) note(row, 'extra')
    }
    if (found.length === NAMED) return found
  }
  return found
}

async function* batchesOf(side: DatabaseSide, table: MovedTable): AsyncGenerator<PlainRow[]> {
  let after: PlainRow | null = null
  for (;;) {
    const rows: PlainRow[] = await side.rowsAfter(table, after, ROWS_AT_ONCE)
    if (rows.length === 0) return
    yield rows
    after = keyOf(table, rows.at(-1)!)
  }
}

async function byKey(side: DatabaseSide, table: MovedTable, rows: readonly PlainRow[]) {
  const found = await side.rowsWith(
    table,
    rows.map((row) => keyOf(table, row))
  )
  return new Map(found.map((row) => [keyTextOf(table, row), row]))
}

function keyTextOf(table: MovedTable, row: PlainRow): string {
  return JSON.stringify(keyOf(table, row))
}
