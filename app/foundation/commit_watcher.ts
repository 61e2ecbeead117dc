import db from '@adonisjs/lucid/services/db'
import { PostgresCommitWatcher } from '#foundation/postgres_commit_watcher'
import { SqliteCommitWatcher } from '#foundation/sqlite_commit_watcher'

/** Tells when any process has committed to the database, so that nobody waits for a timer. */
export interface CommitWatcher {
  /**
   * Resolves at the first commit since the last call, or after `maxMs` milliseconds, or when the
   * signal aborts. Never rejects.
   */
  wait(maxMs: number, signal?: AbortSignal): Promise<void>
  close(): Promise<void>
}

/** A watcher for the database of the default connection. */
export async function watchCommits(): Promise<CommitWatcher> {
  const { config } = db.manager.get(db.primaryConnectionName)!

  return config.client === 'pg'
    ? PostgresCommitWatcher.open(
        (config.connection as { connectionString: string }).connectionString
      )
    : new SqliteCommitWatcher((config.connection as { filename: string }).filename)
}
