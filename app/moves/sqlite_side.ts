import { existsSync } from 'node:fs'
import Database from 'better-sqlite3'
import { OperatorError } from '#foundation/errors'
import {
  keyKinds,
  keyOf,
  NOT_MOVED,
  quoted,
  plainRows,
  recordedCopies,
  type CopyRow,
  type CopyState,
  type DatabaseSide,
  type MovedTable,
} from '#moves/database_side'
import { kindOfType, type PlainRow, type PlainValue, type ValueKind } from '#moves/plain_values'
import { anotherMove, refusedRows } from '#moves/refusals'

interface Column {
  name: string
  type: string
  /** Its place in the primary key, from 1 on; 0 when it is no part of it. */
  pk: bigint
}

/** A file of SQLite, on a connection that answers whole numbers in 64 bits. */
export class SqliteSide implements DatabaseSide {
  readonly name = 'SQLite'
  readonly #database: Database.Database

  /** @throws OperatorError where there is no file */
  constructor(path: string) {
    if (!existsSync(path)) {
      throw new OperatorError(
        'There is no file of DATABASE_PATH. Make one: DB_CONNECTION=sqlite node ace migration:run --force'
      )
    }
    this.#database = new Database(path, { fileMustExist: true, timeout: 5000 })
    this.#database.pragma('synchronous = FULL')
    this.#database.pragma('foreign_keys = ON')
    this.#database.defaultSafeIntegers()
  }

  async tables(): Promise<MovedTable[]> {
    const names = this.#all<{ name: string }>(
      "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name"
    ).map(({ name }) => name)
    return names.filter((name) => !NOT_MOVED.includes(name)).map((name) => this.#table(name))
  }

  #table(name: string): MovedTable {
    const columns = this.#all<Column>(
      'select name, type, pk from pragma_table_info(?) order by name',
      [name]
    )
    const key = columns
      .filter(({ pk }) => pk > 0n)
      .toSorted((one, other) => Number(one.pk - other.pk))
    const references = this.#all<{ table: string }>(
      'select distinct "table" from pragma_foreign_key_list(?) order by 1',
      [name]
    )
    return {
      name,
      columns: columns.map((column) => ({ name: column.name, kind: kindOfType(column.type) })),
      key: key.map((column) => column.name),
      references: references.map(({ table }) => table),
    }
  }

  async migrations() {
    return this.#all<{ name: string }>('select name from adonis_schema order by id').map(
      ({ name }) => name
    )
  }

  async atWorkSince(time: number) {
    return this.#all<{ kind: string }>(
      'select distinct kind from process_heartbeats where ended_at is null and beat_at > ? order by kind',
      [time]
    ).map(({ kind }) => kind)
  }

  async count({ name }: MovedTable) {
    const [row] = this.#all<{ rows: bigint }>(`select count(*) as rows from "${name}"`)
    return Number(row!.rows)
  }

  async rowsAfter(table: MovedTable, key: PlainRow | null, limit: number) {
    const after = key
      ? `where (${quoted(table.key)}) > (${table.key.map(() => '?').join(', ')})`
      : ''
    return this.#rows(
      table,
      `${after} order by ${quoted(table.key)} limit ${limit}`,
      key ? stored(keyKinds(table), key) : []
    )
  }

  async rowsWith(table: MovedTable, keys: readonly PlainRow[]) {
    const place = `(${table.key.map(() => '?').join(', ')})`
    return this.#rows(
      table,
      `where (${quoted(table.key)}) in (values ${keys.map(() => place).join(', ')})`,
      keys.flatMap((key) => stored(keyKinds(table), key))
    )
  }

  #rows(table: MovedTable, where: string, bindings: unknown[]): PlainRow[] {
    const select = `select ${quoted(table.columns.map(({ name }) => name))} from "${table.name}" ${where}`
    const rows = this.#database.prepare(select).raw().all(bindings) as unknown[][]
    return plainRows(this.name, table, rows)
  }

  async lastId({ name }: MovedTable) {
    const [row] = this.#all<{ seq: bigint }>('select seq from sqlite_sequence where name = ?', [
      name,
    ])
    return row?.seq ?? null
  }

  async setLastId({ name }: MovedTable, id: bigint) {
    const set = this.#database.prepare(
      'update sqlite_sequence set seq = max(seq, ?) where name = ?'
    )
    if (set.run(id, name).changes === 0) {
      this.#database.prepare('insert into sqlite_sequence (name, seq) values (?, ?)').run(name, id)
    }
  }

  async copies() {
    return recordedCopies(this.#all<CopyRow>('select * from database_moves'))
  }

  async beginCopies(tables: readonly MovedTable[]) {
    const insert = this.#database.prepare('insert into database_moves (table_name) values (?)')
    this.#inTransaction(() => {
      for (const { name } of tables) insert.run(name)
    })
  }

  async store(table: MovedTable, rows: readonly PlainRow[], before: CopyState, after: CopyState) {
    const names = table.columns.map(({ name }) => name)
    const kinds = table.columns.map(({ kind }) => kind)
    const insert = this.#database.prepare(
      `insert into "${table.name}" (${quoted(names)}) values (${names.map(() => '?').join(', ')})`
    )
    const goOn = this.#database.prepare(
      'update database_moves set copied_rows = ?, position = ? where table_name = ? and position is ?'
    )
    const [from, to] = [before, after].map(({ position }) => position && JSON.stringify(position))
    this.#inTransaction(() => {
      if (goOn.run(after.copiedRows, to, table.name, from).changes !== 1) throw anotherMove()
      for (const row of rows) {
        try {
          insert.run(stored(kinds, row))
        } catch (error) {
          throw refusedRows(this.name, table, [keyOf(table, row)], error)
        }
      }
    })
  }

  async endCopies(now: number) {
    this.#database.prepare('update database_moves set ended_at = ?').run(now)
  }

  async close() {
    this.#database.close()
  }

  /** Holds the write lock from its beginning on. */
  #inTransaction(work: () => void) {
    this.#database.exec('begin immediate')
    try {
      work()
      this.#database.exec('commit')
    } catch (error) {
      if (this.#database.inTransaction) this.#database.exec('rollback')
      throw error
    }
  }

  #all<T>(sql: string, bindings: unknown[] = []): T[] {
    return this.#database.prepare(sql).all(bindings) as T[]
  }
}

/** Plain values as SQLite stores them. */
function stored(kinds: readonly ValueKind[], row: PlainRow): (bigint | number | string | null)[] {
  return row.map((value, index) => storedValue(kinds[index]!, value))
}

function storedValue(kind: ValueKind, value: PlainValue) {
  if (value === null || kind === 'text') return value
  if (kind === 'flag') return value === 'true' ? 1n : 0n
  return kind === 'real' ? Number(value) : BigInt(value)
}
