import db from '@adonisjs/lucid/services/db'

/** Jobs whose attempts one statement forgets, so that nobody else waits long. */
const JOBS_AT_ONCE = 1000

/** Deletes every attempt at an endpoint: they hold what its owner's server answered. */
export async function forgetAttempts(endpointId: number) {
  let after = 0
  for (;;) {
    const jobs: { id: number | string }[] = await db
      .from('notification_jobs')
      .where({ channel: 'webhook', target_id: endpointId })
      .where('id', '>', after)
      .orderBy('id')
      .limit(JOBS_AT_ONCE)
      .select('id')
    if (jobs.length === 0) {
      return
    }
    const ids = jobs.map(({ id }) => Number(id))
    await db.from('delivery_attempts').whereIn('job_id', ids).delete()
    after = ids.at(-1)!
  }
}
