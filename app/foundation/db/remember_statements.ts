import type { Database, Statement } from 'better-sqlite3'

/** How many statements a connection remembers; those used least recently are forgotten. */
const MOST_REMEMBERED = 200

/**
 * Lets a connection prepare each statement once. knex prepares anew for every query, which for our
 * longer statements takes as long as running them. SQLite itself prepares a statement again when
 * the schema has changed.
 */
export function rememberStatements(connection: Database) {
  const prepare = connection.prepare.bind(connection)
  const remembered = new Map<string, Statement>()

  const prepareOnce = (sql: string): Statement => {
    const statement = remembered.get(sql) ?? prepare(sql)
    remembered.delete(sql)
    remembered.set(sql, statement)
    if (remembered.size > MOST_REMEMBERED) {
      remembered.delete(remembered.keys().next().value!)
    }
    return statement
  }
  Object.assign(connection, { prepare: prepareOnce })
}
