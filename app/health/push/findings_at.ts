import PushHealthCheck from '#models/push_health_check'
import type { Finding } from '#health/push/findings'
import type { PushHealthReport } from '#health/push/report'

/** What the checks found that were taken at these times (epoch milliseconds) and are kept still. */
export async function findingsAt(times: readonly number[]): Promise<Map<number, Finding[]>> {
  const checks = await PushHealthCheck.query()
    .whereIn('checked_at', [...times])
    .select('checked_at', 'report')
  return new Map(
    checks.map(({ checkedAt, report }) => [checkedAt, (report as PushHealthReport).findings])
  )
}
