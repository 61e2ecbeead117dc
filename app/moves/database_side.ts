import { OperatorError } from '#foundation/errors'
import { toPlain, type PlainRow, type ValueKind } from '#moves/plain_values'

export type DatabaseName = 'SQLite' | 'PostgreSQL'

/** A table as a move sees it: the same on both databases. */
export interface MovedTable {
  name: string
  /** By name, so that rows of both databases can be compared. */
  columns: readonly { name: string; kind: ValueKind }[]
  /** The columns of the primary key, in its order. */
  key: readonly string[]
  /** Tables whose rows have to be there before. */
  references: readonly string[]
}

/** How far a table is copied. */
export interface CopyState {
  copiedRows: number
  /** The key of the last row, or null before the first. */
  position: PlainRow | null
}

export interface RecordedCopy extends CopyState {
  /** When all tables were found to be equal, in epoch milliseconds. */
  endedAt: number | null
}

/**
 * One of the two databases of a move, on a connection of its own. Rows are plain values in the order of
 * the table's columns.
 */
export interface DatabaseSide {
  readonly name: DatabaseName
  /** All that hold what Regou stores. @throws OperatorError where there is no table */
  tables(): Promise<MovedTable[]>
  /** The names of the migrations that ran, the first one first. */
  migrations(): Promise<string[]>
  /** The commands that have said since then, in epoch milliseconds, that they are at work. */
  atWorkSince(time: number): Promise<string[]>
  count(table: MovedTable): Promise<number>
  /** The next rows in the order of their keys. */
  rowsAfter(table: MovedTable, key: PlainRow | null, limit: number): Promise<PlainRow[]>
  rowsWith(table: MovedTable, keys: readonly PlainRow[]): Promise<PlainRow[]>
  /** The last number that was given to a row, also to one that is gone; null: rows get none. */
  lastId(table: MovedTable): Promise<bigint | null>
  setLastId(table: MovedTable, id: bigint): Promise<void>

  /** What was recorded here of a move to this side, by table. */
  copies(): Promise<Map<string, RecordedCopy>>
  /** Begins a move to this side. */
  beginCopies(tables: readonly MovedTable[]): Promise<void>
  /**
   * Stores rows and how far the table is with them, together.
   *
   * @throws OperatorError where another move has gone on from `before` as well, or a row is refused
   */
  store(
    table: MovedTable,
    rows: readonly PlainRow[],
    before: CopyState,
    after: CopyState
  ): Promise<void>
  /** @param now epoch milliseconds */
  endCopies(now: number): Promise<void>

  close(): Promise<void>
}

/** Not moved: Lucid's own tables, and what says how far a move is. */
export const NOT_MOVED = ['adonis_schema', 'adonis_schema_versions', 'database_moves']

/** The key of a row, in the order of the key's columns. */
export function keyOf({ columns, key }: MovedTable, row: PlainRow): PlainRow {
  return key.map((name) => row[columns.findIndex((column) => column.name === name)]!)
}

/** The kinds of the columns of the key. */
export function keyKinds({ columns, key }: MovedTable): ValueKind[] {
  return key.map((name) => columns.find((column) => column.name === name)!.kind)
}

export const quoted = (names: readonly string[]) => names.map((name) => `"${name}"`).join(', ')

/**
 * Rows as a driver reads them, made plain.
 *
 * @throws OperatorError where a value does not fit its column
 */
export function plainRows(
  side: DatabaseName,
  { name, columns }: MovedTable,
  rows: readonly unknown[][]
): PlainRow[] {
  return rows.map((row) =>
    columns.map((column, index) => {
      try {
        return toPlain(column.kind, row[index])
      } catch (error) {
        throw misfit(side, `${name}.${column.name}`, error)
      }
    })
  )
}

/** A value of the source that its column should not hold. */
function misfit(side: DatabaseName, column: string, error: unknown): OperatorError {
  return new OperatorError(
    `${column} on ${side} holds ${(error as Error).message}. Put it right there, then run this again`,
    { cause: error }
  )
}

/** A row of `database_moves`. */
export interface CopyRow {
  table_name: string
  copied_rows: string | bigint
  position: string | null
  ended_at: string | bigint | null
}

export function recordedCopies(rows: readonly CopyRow[]): Map<string, RecordedCopy> {
  return new Map(
    rows.map((row) => [
      row.table_name,
      {
        copiedRows: Number(row.copied_rows),
        position: row.position === null ? null : JSON.parse(row.position),
        endedAt: row.ended_at === null ? null : Number(row.ended_at),
      },
    ])
  )
}
