import db from '@adonisjs/lucid/services/db'
import { TABLES, type Size } from '#benchmarks/api/stored_rows'

const ROWS_AT_ONCE = 1_000_000

/** As far as possible in memory: a fill that is cut off begins anew. */
const WHILE_FILLING = [
  'synchronous = off',
  'cache_size = -1000000',
  'temp_store = memory',
  'threads = 4',
]

/** Fills an empty database of SQLite with rows that look as a year of use leaves them. */
export async function fillDatabase(size: Size) {
  for (const pragma of WHILE_FILLING) await db.rawQuery(`pragma ${pragma}`)
  for (const table of TABLES) {
    await withoutIndexes(table.table, () => fillTable(table, size))
  }
  await db.rawQuery('pragma wal_checkpoint(truncate)')
}

async function fillTable({ table, count, columns }: (typeof TABLES)[number], size: Size) {
  const names = Object.keys(columns)
  const rows = count(size)
  for (let first = 1; first <= rows; first += ROWS_AT_ONCE) {
    const last = Math.min(rows, first + ROWS_AT_ONCE - 1)
    await db.rawQuery(
      `with recursive numbers (n) as
         (select ${first} union all select n + 1 from numbers where n < ${last})
       insert into ${table} (${names.join(', ')})
       select ${names.map((name) => columns[name]).join(', ')} from numbers`
    )
  }
}

/** Indexes are made of what is stored: sorted once, they take a fraction of the time. */
async function withoutIndexes(table: string, fill: () => Promise<void>) {
  const indexes: { name: string; sql: string }[] = await db
    .from('sqlite_master')
    .select('name', 'sql')
    .where({ type: 'index', tbl_name: table })
    .whereNotNull('sql')
  for (const { name } of indexes) await db.rawQuery(`drop index ${name}`)
  await fill()
  for (const { sql } of indexes) await db.rawQuery(sql)
}
