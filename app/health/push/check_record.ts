import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import PushHealthCheck, { type HealthLevel } from '#models/push_health_check'
import { isOfCollectors } from '#health/push/findings'
import type { PushHealthReport } from '#health/push/report'

/** The level of the last check over as long a time (milliseconds): of others it says nothing. */
export async function levelBefore(
  client: TransactionClientContract,
  lookbackMs: number
): Promise<HealthLevel> {
  const last = await PushHealthCheck.query({ client })
    .where('lookback_ms', lookbackMs)
    .orderBy('id', 'desc')
    .select('level')
    .first()
  return last?.level ?? 'ok'
}

/** Keeps what a check over so long a time (milliseconds) found. */
export async function storeCheck(
  client: TransactionClientContract,
  report: PushHealthReport,
  lookbackMs: number
) {
  const { coverage, due, sent, launches } = report.coverage
  await PushHealthCheck.create(
    {
      checkedAt: report.checked_at,
      lookbackMs,
      level: report.level,
      eventsChecked: launches,
      due,
      sent,
      overallCoverage: coverage,
      collectorOk: !report.findings.some(isOfCollectors),
      report,
    },
    { client }
  )
}

/** Deletes the checks that were taken before a time (epoch milliseconds). */
export async function forgetChecks(client: TransactionClientContract, before: number) {
  await PushHealthCheck.query({ client }).where('checked_at', '<', before).delete()
}
