import PushHealthCheck from '#models/push_health_check'
import type { PushHealthReport } from '#health/push/report'

/** What the last check has found; null before the first one. */
export async function latestCheck(): Promise<PushHealthReport | null> {
  const check = await PushHealthCheck.query().orderBy('id', 'desc').first()
  return check && (check.report as PushHealthReport)
}
