import db from '@adonisjs/lucid/services/db'
import { inJobClass, JOB_CLASSES } from '#delivery/queue/job'

export interface EndpointActivity {
  /** Jobs that wait to be sent for the first time or again. */
  pending: number
  /** When it last accepted something, in epoch milliseconds. */
  last_success_at: number | null
}

const NONE: EndpointActivity = { pending: 0, last_success_at: null }

/** The activity of some endpoints. Costs as much as their pending jobs, not as was ever sent. */
export async function endpointActivity(
  ids: readonly number[]
): Promise<(id: number) => EndpointActivity> {
  const activity = new Map(ids.map((id) => [id, { ...NONE }]))

  for (const jobClass of JOB_CLASSES) {
    const rows = await db
      .from('notification_jobs')
      .whereRaw(inJobClass[jobClass])
      .where('channel', 'webhook')
      .whereIn('target_id', [...ids])
      .groupBy('target_id')
      .select('target_id')
      .count('* as jobs')
    for (const { target_id: id, jobs } of rows) {
      activity.get(Number(id))!.pending += Number(jobs)
    }
  }

  const successes = await db
    .from('delivery_stats')
    .where('outcome', 'accepted')
    .whereIn('target_id', [...ids])
    .groupBy('target_id')
    .select('target_id')
    .max('last_at as last_at')
  for (const { target_id: id, last_at: at } of successes) {
    activity.get(Number(id))!.last_success_at = Number(at)
  }
  return (id) => activity.get(id) ?? NONE
}
