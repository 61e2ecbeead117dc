import { EventEmitter } from 'node:events'

/**
 * Tells of the write transactions that this process has committed. SQLite tells a connection of the
 * commits of others only; PostgreSQL tells all alike, by NOTIFY.
 */
export const ownCommits = new EventEmitter<{ commit: [] }>()

// As many may watch as there are streams open.
ownCommits.setMaxListeners(0)
