import Database from 'better-sqlite3'

/** Events in the demo's database, as its processes left them. */
export function countStoredEvents(databasePath: string): number {
  return count(
    databasePath,
    `select (select count(*) from launch_events where removed_at is null)
          + (select count(*) from trades where removed_at is null)
          + (select count(*) from pools where removed_at is null)`
  )
}

/** Receivers that the sender knows of. */
export function countEndpoints(databasePath: string): number {
  return count(databasePath, 'select count(*) from webhook_endpoints')
}

function count(databasePath: string, query: string): number {
  const database = new Database(databasePath, { readonly: true })
  try {
    return database.prepare(query).pluck().get() as number
  } finally {
    database.close()
  }
}
