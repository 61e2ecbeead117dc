import db from '@adonisjs/lucid/services/db'
import { inStage, STAGES } from '#delivery/queue/stage'

/** How many jobs one statement sets aside, so that nobody else waits long. */
const SKIPPED_AT_ONCE = 5000

/**
 * Sets aside pending jobs of a target that is out of service, where a replay can find them: of each
 * stage up to 5000. Answers how many.
 */
export async function skipPending(
  channel: string,
  targetId: number,
  reason: string
): Promise<number> {
  let skipped = 0
  for (const stage of STAGES) {
    const updated: unknown = await db
      .from('notification_jobs')
      .whereIn('id', (query) => {
        query
          .from('notification_jobs')
          .select('id')
          .whereRaw(inStage[stage])
          .where({ channel, target_id: targetId })
          .limit(SKIPPED_AT_ONCE)
      })
      .whereRaw(`status = 'pending'`)
      .update({ status: 'skipped', last_error: reason })
    skipped += Number(updated)
  }
  return skipped
}
