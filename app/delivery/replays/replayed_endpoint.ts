import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { plannedEndpoints } from '#delivery/planned_endpoints'
import type { PlannedEndpoint } from '#delivery/planned_endpoints'

/** An endpoint as the planner sees it; undefined while it gets no events. */
export async function replayedEndpoint(
  trx: TransactionClientContract,
  id: number
): Promise<PlannedEndpoint | undefined> {
  const endpoints = await plannedEndpoints(trx)
  return endpoints.find((endpoint) => endpoint.id === id)
}
