import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { jsonIds } from '#foundation/db/json_rows'
import { compare } from '#foundation/walk/way'
import type { Condition } from '#foundation/walk/way'
import type { DeliveryFilters } from '#webhooks/deliveries/search_deliveries'

/** What a job must be to be found, as conditions on its row. `endpoints`: null for all. */
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
