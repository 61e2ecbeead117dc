import db from '@adonisjs/lucid/services/db'
import type { EndpointOrigin, EndpointState } from '#models/webhook_endpoint'
import { rowsOf } from '#foundation/json_rows'
import { inStage, STAGES } from '#delivery/stage'

/** An endpoint as people look after it, without its secrets. Times are epoch milliseconds. */
export interface ListedEndpoint {
  id: number
  url: string
  description: string | null
  origin: EndpointOrigin
  event_types: string[]
  state: EndpointState
  state_reason: string | null
  /** Jobs that wait to be sent for the first time or again. */
  pending: number
  last_success_at: number | null
  failing_since: number | null
  created_at: number
}

type Row = Record<keyof ListedEndpoint, unknown>

/** All endpoints. Costs as much as there are endpoints and pending jobs, not as was ever sent. */
export async function listEndpoints(): Promise<ListedEndpoint[]> {
  const rows = await rowsOf<Row>(
    db.connection(),
    `select endpoint.id, url, description, origin, event_types, state, state_reason,
       coalesce(waiting.jobs, 0) as pending,
       (select max(last_at) from delivery_stats
        where target_id = endpoint.id and outcome = 'accepted') as last_success_at,
       failing_since, created_at
     from webhook_endpoints as endpoint
     left join (${pendingJobs()}) as waiting on waiting.target_id = endpoint.id
     order by endpoint.id`,
    []
  )
  return rows.map(listed)
}

/** Stage by stage: each has an index that holds nothing but its pending jobs. */
function pendingJobs(): string {
  const stages = STAGES.map(
    (stage) => `select target_id from notification_jobs
      where ${inStage[stage]} and channel = 'webhook'`
  )
  return `select target_id, count(*) as jobs
    from (${stages.join(' union all ')}) as pending group by target_id`
}

function listed(row: Row): ListedEndpoint {
  return {
    ...(row as unknown as ListedEndpoint),
    id: Number(row.id),
    event_types: JSON.parse(String(row.event_types)),
    pending: Number(row.pending),
    last_success_at: timeOf(row.last_success_at),
    failing_since: timeOf(row.failing_since),
    created_at: Number(row.created_at),
  }
}

function timeOf(value: unknown): number | null {
  return value === null ? null : Number(value)
}
