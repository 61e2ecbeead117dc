import pg from 'pg'
import { postgresConnection } from '#foundation/db/postgres_session'
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
import { kindOfType, type PlainRow, type ValueKind } from '#moves/plain_values'
import { anotherMove, refusedRows } from '#moves/refusals'

/** The types of the lists that rows are handed over in: one list for each column. */
const LISTS: Record<ValueKind, string> = {
  integer: 'bigint[]',
  text: 'text[]',
  flag: 'boolean[]',
  real: 'float8[]',
  time: 'bigint[]',
}

/** A database of PostgreSQL, on one session. */
export class PostgresSide implements DatabaseSide {
  readonly name = 'PostgreSQL'
  readonly #client: pg.Client

  private constructor(client: pg.Client) {
    this.#client = client
  }

  static async open(url: string) {
    const client = new pg.Client(postgresConnection(url))
    await client.connect()
    return new PostgresSide(client)
  }

  async tables(): Promise<MovedTable[]> {
    const columns = await this.#all<Record<'table_name' | 'column_name' | 'data_type', string>>(
      `select table_name, column_name, data_type from information_schema.columns
       join information_schema.tables using (table_schema, table_name)
       where table_schema = current_schema() and table_type = 'BASE TABLE'
       order by table_name collate "C", column_name collate "C"`
    )
    const keys = await this.#all<{ name: string; key: string[]; to: string[] }>(
      `select relname as name,
         array(select attname::text from pg_index, unnest(indkey) with ordinality as part (number, place)
               join pg_attribute on attrelid = pg_class.oid and attnum = number
               where indrelid = pg_class.oid and indisprimary order by place) as key,
         array(select distinct confrelid::regclass::text from pg_constraint
               where conrelid = pg_class.oid and contype = 'f' order by 1) as to
       from pg_class where relkind = 'r' and relnamespace = current_schema()::regnamespace`
    )
    const byTable = Map.groupBy(columns, (column) => column.table_name)
    return [...byTable]
      .filter(([name]) => !NOT_MOVED.includes(name))
      .map(([name, own]) => {
        const { key, to } = keys.find((table) => table.name === name)!
        return {
          name,
          columns: own.map((column) => ({
            name: column.column_name,
            kind: kindOfType(column.data_type),
          })),
          key,
          references: to,
        }
      })
  }

  async migrations() {
    const rows = await this.#all<{ name: string }>('select name from adonis_schema order by id')
    return rows.map(({ name }) => name)
  }

  async atWorkSince(time: number) {
    const rows = await this.#all<{ kind: string }>(
      'select distinct kind from process_heartbeats where ended_at is null and beat_at > $1 order by kind',
      [time]
    )
    return rows.map(({ kind }) => kind)
  }

  async count({ name }: MovedTable) {
    const [row] = await this.#all<{ rows: string }>(`select count(*) as rows from "${name}"`)
    return Number(row!.rows)
  }

  async rowsAfter(table: MovedTable, key: PlainRow | null, limit: number) {
    const places = keyKinds(table).map(
      (kind, index) => `$${index + 1}::${LISTS[kind].slice(0, -2)}`
    )
    const after = key ? `where (${quoted(table.key)}) > (${places.join(', ')})` : ''
    return this.#rows(table, `${after} order by ${quoted(table.key)} limit ${limit}`, [
      ...(key ?? []),
    ])
  }

  async rowsWith(table: MovedTable, keys: readonly PlainRow[]) {
    const lists = listsOf(keyKinds(table))
    return this.#rows(
      table,
      `where (${quoted(table.key)}) in (select * from unnest(${lists}))`,
      byColumn(table.key.length, keys)
    )
  }

  async #rows(table: MovedTable, where: string, bindings: unknown[]): Promise<PlainRow[]> {
    const text = `select ${quoted(table.columns.map(({ name }) => name))} from "${table.name}" ${where}`
    const { rows } = await this.#client.query<unknown[]>({
      text,
      values: bindings,
      rowMode: 'array',
    })
    return plainRows(this.name, table, rows)
  }

  async lastId({ name }: MovedTable) {
    const sequence = await this.#sequenceOf(name)
    if (!sequence) return null
    const [row] = await this.#all<{ last: string | null }>(
      `select case when is_called then last_value end as last from ${sequence}`
    )
    return row!.last === null ? null : BigInt(row!.last)
  }

  async setLastId({ name }: MovedTable, id: bigint) {
    await this.#all('select setval($1, $2)', [await this.#sequenceOf(name), id])
  }

  async #sequenceOf(name: string): Promise<string | null> {
    const [row] = await this.#all<{ sequence: string | null }>(
      `select pg_get_serial_sequence($1, column_name) as sequence from information_schema.columns
       where table_schema = current_schema() and table_name = $2 and column_name = 'id'`,
      [`"${name}"`, name]
    )
    return row?.sequence ?? null
  }

  async copies() {
    return recordedCopies(await this.#all<CopyRow>('select * from database_moves'))
  }

  async beginCopies(tables: readonly MovedTable[]) {
    await this.#all('insert into database_moves (table_name) select unnest($1::text[])', [
      tables.map(({ name }) => name),
    ])
  }

  async store(table: MovedTable, rows: readonly PlainRow[], before: CopyState, after: CopyState) {
    const [from, to] = [before, after].map(({ position }) => position && JSON.stringify(position))
    await this.#client.query('begin')
    try {
      const { rowCount } = await this.#client.query(
        `update database_moves set copied_rows = $1, position = $2
         where table_name = $3 and position is not distinct from $4`,
        [after.copiedRows, to, table.name, from]
      )
      if (rowCount !== 1) throw anotherMove()
      await this.#insert(table, rows)
      await this.#client.query('commit')
    } catch (error) {
      await this.#client.query('rollback')
      throw error
    }
  }

  async #insert(table: MovedTable, rows: readonly PlainRow[]) {
    const names = table.columns.map(({ name }) => name)
    const kinds = table.columns.map(({ kind }) => kind)
    const values = kinds.map((kind, index) =>
      kind === 'time' ? `to_timestamp(c${index} / 1000.0)` : `c${index}`
    )
    const lists = `unnest(${listsOf(kinds)}) as given (${kinds.map((_, index) => `c${index}`).join(', ')})`
    try {
      await this.#client.query(
        `insert into "${table.name}" (${quoted(names)}) select ${values.join(', ')} from ${lists}`,
        byColumn(names.length, rows)
      )
    } catch (error) {
      throw refusedRows(
        this.name,
        table,
        [keyOf(table, rows[0]!), keyOf(table, rows.at(-1)!)],
        error
      )
    }
  }

  async endCopies(now: number) {
    await this.#all('update database_moves set ended_at = $1', [now])
  }

  async close() {
    await this.#client.end()
  }

  async #all<T extends object>(sql: string, bindings: unknown[] = []): Promise<T[]> {
    const { rows } = await this.#client.query<T>(sql, bindings)
    return rows
  }
}

function listsOf(kinds: readonly ValueKind[]): string {
  return kinds.map((kind, index) => `$${index + 1}::${LISTS[kind]}`).join(', ')
}

/** Rows turned into a list for each column. */
function byColumn(columns: number, rows: readonly PlainRow[]) {
  return Array.from({ length: columns }, (_, index) => rows.map((row) => row[index]!))
}
