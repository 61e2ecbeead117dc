import db from '@adonisjs/lucid/services/db'

/** Lets SQLite keep so many KiB of pages in the memory of this process. PostgreSQL keeps its own. */
export async function limitPageCache(kib: number) {
  const client = db.connection()
  if (client.dialect.name !== 'postgres') {
    await client.rawQuery(`pragma cache_size = -${kib}`)
  }
}
