import env from '#start/env'
import app from '@adonisjs/core/services/app'
import logger from '@adonisjs/core/services/logger'
import { defineConfig } from '@adonisjs/lucid'
import type { Database } from 'better-sqlite3'
import type { Client } from 'pg'
import { makeFolderOf, requireUsable, withoutRepetition } from '#foundation/db/database_settings'
import { followDatabaseTime } from '#foundation/db/database_time'
import { rollBackRefusedCommits } from '#foundation/db/checked_commits'
import { isIdle, postgresConnection, superviseSession } from '#foundation/db/postgres_session'
import { rememberStatements } from '#foundation/db/remember_statements'

/** A relative DATABASE_PATH counts from the folder the process was started in. */
const filename = env.get('DATABASE_PATH')
makeFolderOf(filename)

/** Commands that lock, copy or read everything in one session, which a pooler may not leave to them. */
const NEEDS_SESSION = /^(migration:\w+|backup|restore|move:database)$/

/** A way to PostgreSQL past a pooler: for what needs a session of its own, such as LISTEN. */
export const directUrl = env.get('DATABASE_DIRECT_URL') ?? env.get('DATABASE_URL')

const connectionString = process.argv.some((word) => NEEDS_SESSION.test(word))
  ? directUrl
  : env.get('DATABASE_URL')
if (env.get('DB_CONNECTION') === 'pg') await requireUsable(connectionString)

/** For knex: a logger instead of the one that Lucid gives it, and errors without the values of a statement. */
const knexLog = {
  log: { warn: withoutRepetition((message) => logger.warn(message)) },
  compileSqlOnError: false,
}

/** A query that forgot its transaction waits for the only SQLite connection: fail soon, not after a minute. */
const acquireTimeoutMillis = 5000

/**
 * How long a statement of these commands may take, in milliseconds: a migration may rewrite a large
 * table, and a report goes through much while a person waits for it.
 */
const PATIENT: [RegExp, number][] = [
  [/^migration:/, 6 * 3_600_000],
  [/^(\w+:(audit|check|stats|metrics)|webhook:replays?)$/, 600_000],
]
const [, patienceMs = 0] =
  PATIENT.find(([command]) => process.argv.some((word) => command.test(word))) ?? []
const statementTimeoutMs = Math.max(patienceMs, env.get('DATABASE_STATEMENT_TIMEOUT'))

const databaseConfig = defineConfig({
  connection: env.get('DB_CONNECTION'),

  connections: {
    sqlite: {
      client: 'better-sqlite3',
      connection: { filename },
      ...knexLog,
      useNullAsDefault: true,
      pool: {
        min: 1,
        max: 1,
        acquireTimeoutMillis,
        afterCreate(connection: Database, done: (error: unknown, connection: Database) => void) {
          // Counts for a new file only. Facts come in bulk: larger pages are fewer to write.
          connection.pragma('page_size = 8192')
          connection.pragma('journal_mode = WAL')
          // Commits are batched, so syncing each costs little and a power cut loses nothing.
          connection.pragma('synchronous = FULL')
          // Index pages of a day's facts stay in memory, and are written back in larger pieces.
          connection.pragma('cache_size = -32768')
          connection.pragma('wal_autocheckpoint = 4000')
          // After a long read, or a large transaction, the file does not stay that large.
          connection.pragma('journal_size_limit = 67108864')
          connection.pragma('busy_timeout = 5000')
          connection.pragma('foreign_keys = ON')
          rollBackRefusedCommits(connection)
          rememberStatements(connection)
          done(null, connection)
        },
      },
      migrations: { naturalSort: true, paths: ['database/migrations'] },
      schemaGeneration: {
        enabled: app.inDev,
        outputPath: 'database/schema.ts',
        rulesPaths: ['./database/schema_rules.js'],
      },
    },

    pg: {
      client: 'pg',
      connection: postgresConnection(connectionString),
      ...knexLog,
      pool: {
        min: 0,
        max: 10,
        acquireTimeoutMillis,
        validate: isIdle,
        afterCreate(client: Client, done: (error: unknown, client: Client) => void) {
          superviseSession(client, statementTimeoutMs)
          followDatabaseTime(client, (message) => logger.warn(message)).then(
            () => done(null, client),
            (error) => done(error, client)
          )
        },
      },
      migrations: { naturalSort: true, paths: ['database/migrations'] },
      schemaGeneration: { enabled: false },
    },
  },
})

export default databaseConfig
