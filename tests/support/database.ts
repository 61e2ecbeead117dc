import db from '@adonisjs/lucid/services/db'
import { isOnPostgres } from '#tests/support/postgres_proxy'

/** Lucid's own tables, which say what is migrated. */
const KEPT = ['adonis_schema', 'adonis_schema_versions']

/** Migrations have run before the first test, and none runs later. */
let migrated: string[] | undefined

/** Empties every table: each test starts from a database without rows. */
export async function emptyDatabase() {
  migrated ??= await migratedTables()
  await (isOnPostgres ? emptyOnPostgres(migrated) : emptyOnSqlite(migrated))
}

async function migratedTables() {
  const all = await db.connection().getAllTables(['public'])
  return all.filter((table) => !KEPT.includes(table))
}

/** As one statement, at whose end the references between the tables are checked. */
async function emptyOnPostgres(tables: readonly string[]) {
  const deletes = tables.map((table) => `"empty ${table}" as (delete from "${table}")`)
  await db.rawQuery(`with ${deletes.join(', ')} select 1`)
}

async function emptyOnSqlite(tables: readonly string[]) {
  await db.transaction(async (trx) => {
    await trx.rawQuery('pragma defer_foreign_keys = on')
    for (const table of tables) await trx.rawQuery(`delete from "${table}"`)
  })
}
