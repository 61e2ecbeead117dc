import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type NotificationJob from '#models/notification_job'
import { readEligibility } from '#delivery/eligibility'

interface Row {
  id: number | string
  owner_id: number | string | null
}

/**
 * The ids of those endpoints of deliveries that are active at this moment, and of those among them
 * whose owners have no Pro at `now` (epoch milliseconds).
 */
export async function activeEndpoints(
  trx: TransactionClientContract,
  jobs: readonly NotificationJob[],
  now: number
): Promise<{ active: Set<number>; lapsed: Set<number> }> {
  const rows: Row[] = await trx
    .from('webhook_endpoints')
    .whereIn(
      'id',
      jobs.map((job) => job.targetId)
    )
    .where('state', 'active')
    .select('id', 'owner_id')

  const endpoints = rows.map(({ id, owner_id: owner }) => {
    return { id: Number(id), ownerId: owner === null ? null : Number(owner) }
  })
  const eligibility = await readEligibility(trx, endpoints, now)
  const lapsed = endpoints.filter((endpoint) => !eligibility.isPro(endpoint))
  return { active: idsOf(endpoints), lapsed: idsOf(lapsed) }
}

function idsOf(endpoints: readonly { id: number }[]): Set<number> {
  return new Set(endpoints.map(({ id }) => id))
}
