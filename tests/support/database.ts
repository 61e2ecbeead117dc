import db from '@adonisjs/lucid/services/db'
import type { Client } from 'pg'
import { onConnection } from '#foundation/db/statement'
import { isOnPostgres } from '#tests/support/postgres_proxy'

/** Lucid's own tables, which say what is migrated. */
const KEPT = ['adonis_schema', 'adonis_schema_versions']

/** Tells which tables have rows. Migrations have run before the first test, and none runs later. */
let question: string | undefined

/**
 * Empties every table: each test starts from a database without rows. Few of the tables have any,
 * and what is told of all is planned once.
 */
export async function emptyDatabase() {
  question ??= await questionOfRows()
  await (isOnPostgres ? emptyOnPostgres(question) : emptyOnSqlite(question))
}

async function questionOfRows() {
  const all = await db.connection().getAllTables(['public'])
  return all
    .filter((table) => !KEPT.includes(table))
    .map((table) => `select '${table}' as name where exists (select 1 from "${table}")`)
    .join(' union all ')
}

interface WithRows {
  name: string
}

/** As one statement, at whose end the references between the tables are checked. */
async function emptyOnPostgres(text: string) {
  const knex = db.connection().getWriteClient().client
  const connection: Client = await knex.acquireConnection()
  try {
    const { rows } = await connection.query<WithRows>({ name: 'tables with rows', text })
    const deletes = rows.map(({ name }) => `"empty ${name}" as (delete from "${name}")`)
    if (deletes.length > 0) await connection.query(`with ${deletes.join(', ')} select 1`)
  } finally {
    await knex.releaseConnection(connection)
  }
}

function emptyOnSqlite(sql: string) {
  return onConnection(db.connection(), (connection) => {
    const rows = connection.prepare(sql).all() as WithRows[]
    const deletes = rows.map(({ name }) => `delete from "${name}";`)
    const deleteAll = () => connection.exec(`pragma defer_foreign_keys = on; ${deletes.join(' ')}`)
    connection.transaction(deleteAll)()
  })
}
