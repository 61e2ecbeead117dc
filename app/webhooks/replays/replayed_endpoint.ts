import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { plannedEndpoints } from '#delivery/planning/planned_endpoints'
import type { PlannedEndpoint } from '#delivery/planning/planned_endpoints'
import { readEligibility } from '#delivery/eligibility'

/** An endpoint as the planner sees it; undefined while it gets no events, or its owner may not replay. */
export async function replayedEndpoint(
  trx: TransactionClientContract,
  id: number,
  now: number
): Promise<PlannedEndpoint | undefined> {
  const [endpoint] = await plannedEndpoints(trx, id)
  const eligibility = await readEligibility(trx, endpoint ? [endpoint] : [], now)
  return endpoint && eligibility.isPro(endpoint) ? endpoint : undefined
}
