import db from '@adonisjs/lucid/services/db'
import DeliveryAttempt from '#models/delivery_attempt'
import { WEBHOOK } from '#webhooks/sending/webhook_subscribers'
import { inJobClass } from '#delivery/queue/job'

/** Deliveries of an endpoint that are looked through for attempts: its newest, and its retries. */
const LOOKED_THROUGH = 500

/**
 * The newest attempts at each endpoint, at most `limit`, the oldest first. Attempts are found by way
 * of their deliveries, for which there are indexes, so that it costs the same however much was ever
 * sent; what was tried long before the newest deliveries were planned may be missing.
 */
export async function recentAttempts(
  endpointIds: readonly number[],
  limit: number
): Promise<Map<number, DeliveryAttempt[]>> {
  const jobs = await Promise.all(
    endpointIds.flatMap((id) => [newestTried(id, limit), waitingForRetry(id, limit)])
  )
  const attempts = await DeliveryAttempt.query()
    .whereIn('job_id', [...new Set(jobs.flat())])
    .select('id', 'target_id', 'started_at', 'duration_ms', 'outcome')
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')

  const byEndpoint = Map.groupBy(attempts, ({ targetId }) => targetId)
  return new Map([...byEndpoint].map(([id, newest]) => [id, newest.slice(0, limit).toReversed()]))
}

async function newestTried(endpointId: number, limit: number): Promise<number[]> {
  const newest = db
    .from('notification_jobs')
    .where({ channel: WEBHOOK, target_id: endpointId })
    .orderBy('id', 'desc')
    .limit(LOOKED_THROUGH)
    .select('id', 'attempts')
    .as('newest')
  return idsOf(
    await db.from(newest).where('attempts', '>', 0).orderBy('id', 'desc').limit(limit).select('id')
  )
}

/** Behind a backlog of new deliveries these are the only ones that say how the endpoint does. */
async function waitingForRetry(endpointId: number, limit: number): Promise<number[]> {
  return idsOf(
    await db
      .from('notification_jobs')
      .whereRaw(inJobClass.retry)
      .where({ channel: WEBHOOK, target_id: endpointId })
      .orderBy('next_attempt_at', 'desc')
      .limit(limit)
      .select('id')
  )
}

function idsOf(rows: { id: number | string }[]): number[] {
  return rows.map(({ id }) => Number(id))
}
