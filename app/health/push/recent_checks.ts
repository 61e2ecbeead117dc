import PushHealthCheck from '#models/push_health_check'

/** What the last checks over as long a time found, without their reports, the oldest first. */
export async function recentChecks(lookbackMs: number, limit: number): Promise<PushHealthCheck[]> {
  const checks = await PushHealthCheck.query()
    .where('lookback_ms', lookbackMs)
    .orderBy('id', 'desc')
    .limit(limit)
    .select('id', 'checked_at', 'level', 'due', 'sent', 'overall_coverage')
  return checks.toReversed()
}
