import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { PlannedChannel } from '#delivery/channel'
import type { Subscriber } from '#delivery/subscriber'
import { rankOf } from '#chat/preferences/fallback'

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
  format: string
  /** Null: its owner has set nothing for his ways out. */
  fallback_order: string | null
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
    .leftJoin('chat_preferences', 'chat_preferences.user_id', 'owner_id')
    .where('state', 'active')
    .select('webhook_endpoints.id', 'owner_id', 'event_types', 'webhook_endpoints.created_at')
    .select('expiry_ms', 'filter', 'format', 'fallback_order')
  if (id !== undefined) query.where('webhook_endpoints.id', id)
  const rows: Row[] = await query

  return rows.map((row) => ({
    id: Number(row.id),
    channel: WEBHOOK,
    ownerId: row.owner_id === null ? null : Number(row.owner_id),
    rank: rankOfRow(row),
    wants: JSON.parse(row.event_types),
    since: Number(row.created_at),
    expiry: row.expiry_ms === null ? null : Number(row.expiry_ms),
    filter: row.filter,
    picks: null,
  }))
}

/** What programs get is theirs in any case. */
function rankOfRow({ format, fallback_order: order }: Row): number | undefined {
  return format === 'json' ? undefined : rankOf(JSON.parse(order ?? '[]') as string[], WEBHOOK)
}
