import { EventEmitter } from 'node:events'

/** The PostgreSQL channel on which a commit announces itself. */
export const COMMIT_CHANNEL = 'regou_commit'

/**
 * Tells of the write transactions that this process has committed. SQLite tells a connection of the
 * commits of others only; PostgreSQL tells all alike, by NOTIFY.
 */
export const ownCommits = new EventEmitter<{ commit: [] }>()

// No limit: each open stream adds a listener.
ownCommits.setMaxListeners(0)

/**
 * Tells when any process has committed to the database, so that its readers need not poll. Of its
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
