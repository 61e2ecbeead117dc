import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { storedFilter } from '#delivery/expressions/filter'
import type { Filter } from '#delivery/expressions/filter'

/** What the planner needs to know of an endpoint. Times are epoch milliseconds. */
export interface PlannedEndpoint {
  id: number
  /** The user whose endpoint it is; null for the operator. */
  ownerId: number | null
  patterns: string[]
  createdAt: number
  expiryMs: number | null
  /** Null: it wants every event of its types. */
  filter: Filter | null
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
export async function plannedEndpoints(
  trx: TransactionClientContract,
  id?: number
): Promise<PlannedEndpoint[]> {
  const query = trx
    .from('webhook_endpoints')
    .where('state', 'active')
    .select('id', 'owner_id', 'event_types', 'created_at', 'expiry_ms', 'filter')
  if (id !== undefined) query.where('id', id)
  const rows: Row[] = await query

  return rows.map((row) => ({
    id: Number(row.id),
    ownerId: row.owner_id === null ? null : Number(row.owner_id),
    patterns: JSON.parse(row.event_types),
    createdAt: Number(row.created_at),
    expiryMs: row.expiry_ms === null ? null : Number(row.expiry_ms),
    filter: storedFilter(row.filter),
  }))
}
