import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import { PostgresCommitWatcher } from '#foundation/db/postgres_commit_watcher'
import { SqliteCommitWatcher } from '#foundation/db/sqlite_commit_watcher'

/**
 * Tells when any process has committed to the database, so that nobody waits for a timer. Of its
 * own process it tells write transactions only.
 */
export interface CommitWatcher {
  /**
   * Resolves with true at the first commit since the last call, with false after `maxMs`
   * milliseconds or when the signal aborts. Never rejects.
   */
  wait(maxMs: number, signal?: AbortSignal): Promise<boolean>
  close(): Promise<void>
}

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
