import type { Database, Statement } from 'better-sqlite3'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { jsonOf, jsonRows, type JsonColumns } from '#foundation/db/json_rows'
import { onConnection } from '#foundation/db/statement'

/** Rows that one prepared statement of SQLite takes: as many as there are, then what is left over. */
const ROWS_AT_ONCE = [200, 50, 7, 1]

/** A table and the columns that are written of it. */
export interface WrittenTable {
  name: string
  columns: JsonColumns
}

/**
 * Inserts the rows that are not there yet and answers how many were new. A column that a row
 * leaves out is null.
 *
 * Facts arrive by the thousand, so each database is written its quickest way: SQLite with
 * prepared statements (1.6 times as fast as from JSON), PostgreSQL all in one statement.
 */
export function insertRows(
  trx: TransactionClientContract,
  table: WrittenTable,
  rows: readonly object[]
): Promise<number> {
  return trx.dialect.name === 'postgres'
    ? insertAtOnce(trx, table, rows)
    : insertPrepared(trx, table, rows)
}

async function insertAtOnce(
  trx: TransactionClientContract,
  { name, columns }: WrittenTable,
  rows: readonly object[]
): Promise<number> {
  if (rows.length === 0) {
    return 0
  }
  const names = Object.keys(columns).join(', ')
  const { rowCount } = await trx.rawQuery(
    `insert into ${name} (${names}) select ${names} from ${jsonRows(trx, 'new_rows', columns)}
     on conflict do nothing`,
    [jsonOf(columns, rows)]
  )
  return rowCount
}

function insertPrepared(
  trx: TransactionClientContract,
  table: WrittenTable,
  rows: readonly object[]
): Promise<number> {
  const names = Object.keys(table.columns)
  const valuesOf = (some: readonly object[]) => {
    const values: unknown[] = []
    for (const row of some) {
      for (const name of names) {
        values.push(row[name as keyof typeof row] ?? null)
      }
    }
    return values
  }

  return onConnection(trx, (connection) => {
    let inserted = 0
    let from = 0
    for (const count of ROWS_AT_ONCE) {
      for (; from + count <= rows.length; from += count) {
        const values = valuesOf(rows.slice(from, from + count))
        inserted += prepared(connection, table, count).run(values).changes
      }
    }
    return inserted
  })
}

const statements = new WeakMap<Database, Map<string, Statement>>()

function prepared(
  connection: Database,
  { name, columns }: WrittenTable,
  rowCount: number
): Statement {
  const known = statements.get(connection) ?? new Map<string, Statement>()
  statements.set(connection, known)

  // Of one table, some write more columns than others.
  const names = Object.keys(columns)
  const key = `${name} ${names} ${rowCount}`
  let statement = known.get(key)
  if (!statement) {
    const row = `(${names.map(() => '?').join(', ')})`
    statement = connection.prepare(
      `insert into ${name} (${names.join(', ')}) values ${Array(rowCount).fill(row).join(', ')}
       on conflict do nothing`
    )
    known.set(key, statement)
  }
  return statement
}
