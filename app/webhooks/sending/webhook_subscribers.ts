import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { PlannedChannel } from '#delivery/channel'
import type { Subscriber } from '#delivery/subscriber'

/** How jobs, statistics and alerts of webhooks are marked. */
export const WEBHOOK = 'webhook'

/** Webhooks as every planner knows them, also one whose process sends none. */
export const webhooks: PlannedChannel = {
  name: WEBHOOK,
  deliveredColumn: 'webhook_sent',
  mostWaiting: null,
  targetTable: { name: 'webhook_endpoints', owner: 'owner_id', inService: `state = 'active'` },
  subscribers: (trx) => webhookSubscribers(trx),
}

interface Row {
  id: number | string
  owner_id: number | string | null
  event_types: string
  created_at: number | string
  expiry_ms: number | string | null
  filter: string | null
}

/**
 * The endpoints that get events at this moment, or of those only the one with this id, seen from
 * inside the planning transaction.
 */
export async function webhookSubscribers(
  trx: TransactionClientContract,
  id?: number
): Promise<Subscriber[]> {
  const query = trx
    .from('webhook_endpoints')
    .where('state', 'active')
    .select('id', 'owner_id', 'event_types', 'created_at', 'expiry_ms', 'filter')
  if (id !== undefined) query.where('id', id)
  const rows: Row[] = await query

  return rows.map((row) => ({
    id: Number(row.id),
    channel: WEBHOOK,
    ownerId: row.owner_id === null ? null : Number(row.owner_id),
    wants: JSON.parse(row.event_types),
    since: Number(row.created_at),
    expiry: row.expiry_ms === null ? null : Number(row.expiry_ms),
    filter: row.filter,
    picks: null,
  }))
}
