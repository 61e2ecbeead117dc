import type { HealthLevel } from '#models/push_health_check'
import { readChains } from '#health/push/collectors'
import { countEndpoints } from '#health/push/endpoints'
import { worstOf } from '#health/push/findings'
import { readProcesses } from '#health/push/processes'
import type { PushHealthSettings } from '#health/push/push_health_settings'
import { workTrouble } from '#health/push/work_trouble'

/**
 * How bad it is with those who have to work: scanner, sender and the others. Costs a few rows,
 * whatever is stored; what arrives of what was due is the matter of a check.
 */
export async function workLevel(settings: PushHealthSettings, now: number): Promise<HealthLevel> {
  const endpoints = await countEndpoints()
  const processes = await readProcesses(now)
  const collectors = { chains: await readChains() }
  return worstOf(workTrouble({ endpoints, processes, collectors }, settings, now))
}
