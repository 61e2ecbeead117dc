import type { Span } from '#foundation/db/id_bounds'
import type { JobStatus } from '#models/notification_job'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { jsonIds } from '#foundation/db/json_rows'
import { compare } from '#foundation/walk/way'
import type { Condition } from '#foundation/walk/way'

export const JOB_STATES = [
  'pending',
  'sending',
  'sent',
  'failed',
  'expired',
  'held',
  'skipped',
] as const satisfies readonly JobStatus[]

/** What a delivery must be to be found. Times are those of planning, in epoch milliseconds. */
export interface DeliveryFilters extends Span {
  state?: JobStatus
  endpoint_id?: number
  event_type?: string
  /** In lower case. */
  token_address?: string
}

/** The same as conditions on its row. `endpoints`: null for all. */
export function jobChecks(
  client: QueryClientContract,
  { state, event_type: eventType, token_address: token, since, until }: DeliveryFilters,
  endpoints: readonly number[] | null
): Condition[] {
  const checks = [compare('channel', '=', 'webhook')]
  if (state) checks.push(compare('status', '=', state))
  if (eventType) checks.push(compare('event_type', '=', eventType))
  if (token) checks.push(compare('token_address', '=', token))
  if (since !== undefined) checks.push(compare('created_at', '>=', since))
  if (until !== undefined) checks.push(compare('created_at', '<', until))
  if (endpoints) {
    checks.push({
      sql: `target_id in ${jsonIds(client)}`,
      bindings: [JSON.stringify(endpoints)],
    })
  }
  return checks
}
