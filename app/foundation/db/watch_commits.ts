import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import { directUrl } from '#config/database'
import type { CommitWatcher } from '#foundation/db/commits'
import { PolledCommits } from '#foundation/db/polled_commits'
import { PostgresCommitWatcher } from '#foundation/db/postgres_commit_watcher'
import { areSessionsShared } from '#foundation/db/shared_sessions'
import { SqliteCommitWatcher } from '#foundation/db/sqlite_commit_watcher'

/** Found out once in a process: what stands at an address does not change its ways. */
let isDeaf: Promise<boolean> | undefined

/** A watcher for the database of the default connection. */
export async function watchCommits(): Promise<CommitWatcher> {
  const { config } = db.manager.get(db.primaryConnectionName)!
  if (config.client !== 'pg') {
    return SqliteCommitWatcher.open(db.connection())
  }
  isDeaf ??= findOut(directUrl!)
  return (await isDeaf)
    ? new PolledCommits()
    : PostgresCommitWatcher.open(directUrl!, (reason) =>
        logger.warn(
          `commits are not heard of but polled for until PostgreSQL answers again: ${reason}`
        )
      )
}

async function findOut(url: string): Promise<boolean> {
  try {
    const areShared = await areSessionsShared(url)
    if (areShared) {
      logger.warn(
        'commits are not heard of but polled for: DATABASE_URL leads to a pooler in transaction mode, through which LISTEN does not work. Name the server itself in DATABASE_DIRECT_URL'
      )
    }
    return areShared
  } catch (error) {
    isDeaf = undefined
    throw error
  }
}
