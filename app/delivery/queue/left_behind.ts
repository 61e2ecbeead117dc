import { because } from '#models/reasons'
import type { Skip } from '#models/reasons'
import { inJobClass, JOB_CLASSES } from '#delivery/queue/job'
import db from '@adonisjs/lucid/services/db'

/**
 * Puts back the jobs of senders whose lease ran out or whose process is known to be dead, and
 * answers how many. `now` is in epoch milliseconds; null: leases do not tell who is alive, since the
 * clock was set.
 */
export async function recoverOrphans(
  channel: string,
  now: number | null,
  isDead: (owner: string) => boolean
): Promise<number> {
  const rows: { lease_owner: string }[] = await db
    .from('notification_jobs')
    .whereRaw(`status = 'sending'`)
    .distinct('lease_owner')
  if (rows.length === 0) {
    return 0
  }

  const dead = rows.map((row) => row.lease_owner).filter(isDead)
  const recovered: unknown = await db
    .from('notification_jobs')
    .whereRaw(`status = 'sending'`)
    .where('channel', channel)
    .where((query) => {
      query.whereIn('lease_owner', dead)
      if (now !== null) query.orWhere('lease_until', '<=', now)
    })
    .update({ status: 'pending', lease_owner: null, lease_until: null })
  return Number(recovered)
}

/** How many jobs one statement skips, so that no other writer waits long. */
const SKIPPED_AT_ONCE = 5000

/**
 * Skips pending jobs of a target that is out of service, so that a replay can find them: of each
 * class up to 5000. Answers how many.
 */
export async function skipPending(
  channel: string,
  targetId: number,
  reason: Skip
): Promise<number> {
  let skipped = 0
  for (const jobClass of JOB_CLASSES) {
    const updated: unknown = await db
      .from('notification_jobs')
      .whereIn('id', (query) => {
        query
          .from('notification_jobs')
          .select('id')
          .whereRaw(inJobClass[jobClass])
          .where({ channel, target_id: targetId })
          .limit(SKIPPED_AT_ONCE)
      })
      .whereRaw(`status = 'pending'`)
      .update({ status: 'skipped', ...because(reason) })
    skipped += Number(updated)
  }
  return skipped
}
