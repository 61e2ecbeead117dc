import db from '@adonisjs/lucid/services/db'
import { TABLES, type Size } from '#benchmarks/api/stored_rows'

const ROWS_AT_ONCE = 200_000

/** Fills an empty database of SQLite with rows that look as a year of use leaves them. */
export async function fillDatabase(size: Size) {
  await db.rawQuery('pragma synchronous = off')
  for (const { table, count, columns } of TABLES) {
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
  await db.rawQuery('pragma wal_checkpoint(truncate)')
}
