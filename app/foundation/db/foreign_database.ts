import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { OperatorError } from '#foundation/errors'

/** Tables of ours that the earlier application has as well, in other shapes, and some that others may have. */
const OURS = [
  'launch_events',
  'entitlements',
  'subscriptions',
  'notification_jobs',
  'users',
  'orders',
]

/**
 * Refuses a database with tables of another program under names that ours have: nothing of ours fits in
 * between.
 *
 * @throws OperatorError where it is one, or what the database says where it cannot be used
 */
export async function refuseForeignDatabase(client: QueryClientContract = db.connection()) {
  const isPostgres = client.dialect.name === 'postgres'
  const tables = await tablesOf(client, isPostgres)
  const taken = OURS.filter((name) => tables.includes(name))
  if (taken.length === 0 || (await hasMigrated(client, tables))) {
    return
  }
  const [setting, example] = isPostgres
    ? ['DATABASE_URL', 'a database of its own']
    : ['DATABASE_PATH', 'another file, such as DATABASE_PATH=./data/regou.sqlite']
  throw new OperatorError(
    `${setting} names a database of another program, or of the application before Regou: its ${taken.join(', ')} is not ours. ` +
      `Nothing was changed. Name ${example}; what an old app.sqlite has is imported with: node ace import:legacy <file>`
  )
}

async function tablesOf(client: QueryClientContract, isPostgres: boolean): Promise<string[]> {
  const query = isPostgres
    ? client.from('information_schema.tables').whereRaw('table_schema = current_schema()')
    : client.from('sqlite_master').where('type', 'table')
  const rows = await query.select(isPostgres ? 'table_name as name' : 'name')
  return rows.map(({ name }) => name)
}

/** Whether a migration of ours was ever run there. */
async function hasMigrated(
  client: QueryClientContract,
  tables: readonly string[]
): Promise<boolean> {
  return tables.includes('adonis_schema') && (await client.from('adonis_schema').first()) !== null
}
