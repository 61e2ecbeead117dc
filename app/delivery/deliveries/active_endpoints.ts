import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type NotificationJob from '#models/notification_job'

/** The ids of those endpoints of deliveries that get events at this moment. */
export async function activeEndpoints(
  trx: TransactionClientContract,
  jobs: readonly NotificationJob[]
): Promise<Set<number>> {
  const rows: { id: number | string }[] = await trx
    .from('webhook_endpoints')
    .whereIn(
      'id',
      jobs.map((job) => job.targetId)
    )
    .where('state', 'active')
    .select('id')
  return new Set(rows.map(({ id }) => Number(id)))
}
