import db from '@adonisjs/lucid/services/db'

const TABLES = [
  'delivery_attempts',
  'notification_jobs',
  'webhook_endpoints',
  'launch_events',
  'pools',
  'trades',
  'tokens',
  'quarantined_logs',
  'scan_cursors',
]

/** Empties every table: each test starts from a database without rows. */
export async function emptyDatabase() {
  for (const table of TABLES) {
    await db.from(table).delete()
  }
}
