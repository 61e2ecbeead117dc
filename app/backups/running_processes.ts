import db from '@adonisjs/lucid/services/db'
import { ALIVE_MS } from '#foundation/db/heartbeat'
import ProcessHeartbeat from '#models/process_heartbeat'

/**
 * What has said that it is at work a moment ago, by the names of the commands. A database that cannot be
 * asked is used by none of them. Its connection is closed afterwards: the file is about to be replaced.
 *
 * @param now epoch milliseconds
 */
export async function runningProcesses(now: number): Promise<string[]> {
  try {
    const alive = await ProcessHeartbeat.query()
      .whereNull('ended_at')
      .where('beat_at', '>', now - ALIVE_MS)
    return [...new Set(alive.map(({ kind }) => kind))]
  } catch {
    return []
  } finally {
    await db.manager.closeAll()
  }
}
