import db from '@adonisjs/lucid/services/db'

/**
 * Puts back the jobs of senders whose lease ran out or whose process is known to be dead, and
 * answers how many. `now` is in epoch milliseconds.
 */
export async function recoverOrphans(
  channel: string,
  now: number,
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
      query.where('lease_until', '<=', now).orWhereIn('lease_owner', dead)
    })
    .update({ status: 'pending', lease_owner: null, lease_until: null })
  return Number(recovered)
}
