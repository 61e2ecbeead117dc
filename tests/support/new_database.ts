import db from '@adonisjs/lucid/services/db'
import { factTypes } from '#facts/registry'
import { emptyDatabase } from '#tests/support/database'
import { isOnPostgres } from '#tests/support/postgres_proxy'

/** Makes the database one that begins anew: empty, and its ids from 1 on again. */
export async function beginAnew() {
  await emptyDatabase()
  for (const { table } of Object.values(factTypes)) {
    if (isOnPostgres) await db.rawQuery(`truncate ${table} restart identity cascade`)
    else await db.from('sqlite_sequence').where('name', table).delete()
  }
}
