import { Refusal } from '#foundation/errors'
import db from '@adonisjs/lucid/services/db'
import DeliveryAttempt from '#models/delivery_attempt'
import NotificationJob from '#models/notification_job'

/** A delivery with all of its attempts, the first one first. */
export interface Delivery {
  job: NotificationJob
  attempts: DeliveryAttempt[]
}

/**
 * A delivery by its id as people type it, of one owner (a user's id) or of any (null).
 *
 * @throws Refusal
 */
export async function findDelivery(id: string | number, owner: number | null): Promise<Delivery> {
  const number = /^\d{1,15}$/.test(String(id)) ? Number(id) : 0
  const job = await visibleDeliveries([number], owner).first()
  if (!job) {
    throw new Refusal('unknown', 'unknown_delivery', `There is no delivery ${id}`)
  }
  const attempts = await DeliveryAttempt.query().where('job_id', job.id).orderBy('id')
  return { job, attempts }
}

/** Of these deliveries, those that an owner (a user's id) may see; null sees all. */
export function visibleDeliveries(ids: readonly number[], owner: number | null) {
  const query = NotificationJob.query()
    .whereIn('id', [...ids])
    .where('channel', 'webhook')
  if (owner !== null) {
    query.whereIn('target_id', db.from('webhook_endpoints').where('owner_id', owner).select('id'))
  }
  return query
}
