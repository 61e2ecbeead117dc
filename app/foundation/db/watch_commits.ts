import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import type { CommitWatcher } from '#foundation/db/commits'
import { PostgresCommitWatcher } from '#foundation/db/postgres_commit_watcher'
import { SqliteCommitWatcher } from '#foundation/db/sqlite_commit_watcher'

/** A watcher for the database of the default connection. */
export async function watchCommits(): Promise<CommitWatcher> {
  const { config } = db.manager.get(db.primaryConnectionName)!

  return config.client === 'pg'
    ? PostgresCommitWatcher.open(
        (config.connection as { connectionString: string }).connectionString,
        (reason) =>
          logger.warn(
            `commits are not heard of but polled for until PostgreSQL answers again: ${reason}`
          )
      )
    : SqliteCommitWatcher.open(db.connection())
}
