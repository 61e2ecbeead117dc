import db from '@adonisjs/lucid/services/db'
import { isMissingTables } from '#foundation/db/explain_database'
import { ALIVE_MS } from '#foundation/db/heartbeat'
import ProcessHeartbeat from '#models/process_heartbeat'

/** What SQLite says of a file that no process can work with. */
const DAMAGED = ['SQLITE_NOTADB', 'SQLITE_CORRUPT']

/**
 * What has said that it is at work a moment ago, by the names of the commands; none where there is no
 * usable database. Its connection is closed afterwards: the file is about to be replaced.
 *
 * @param now epoch milliseconds
 * @throws when the database is there and cannot be asked, such as one that is locked
 */
export async function runningProcesses(now: number): Promise<string[]> {
  try {
    const alive = await ProcessHeartbeat.query()
      .whereNull('ended_at')
      .where('beat_at', '>', now - ALIVE_MS)
    return [...new Set(alive.map(({ kind }) => kind))]
  } catch (error) {
    const isDamaged = DAMAGED.includes((error as NodeJS.ErrnoException).code ?? '')
    if (isDamaged || isMissingTables(error)) return []
    throw error
  } finally {
    await db.manager.closeAll()
  }
}
