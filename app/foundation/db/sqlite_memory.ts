import db from '@adonisjs/lucid/services/db'

/**
 * For a process that changes the same rows again within a second: SQLite keeps so many KiB of pages
 * in its memory, and there, too, what it may have to put back when a statement fails. PostgreSQL
 * has its own.
 */
export async function keepInMemory(pagesKib: number) {
  const client = db.connection()
  if (client.dialect.name !== 'postgres') {
    await client.rawQuery(`pragma cache_size = -${pagesKib}`)
    await client.rawQuery('pragma temp_store = memory')
  }
}
