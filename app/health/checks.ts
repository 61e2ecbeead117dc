import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import PushHealthCheck, { type HealthLevel } from '#models/push_health_check'
import { isOfCollectors, type HealthFinding } from '#health/finding'
import type { PushHealthReport } from '#health/report'

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

/** What the last check has found; null before the first one. */
export async function latestCheck(): Promise<PushHealthReport | null> {
  const check = await PushHealthCheck.query().orderBy('id', 'desc').first()
  return check && (check.report as PushHealthReport)
}

/** What the last checks over as long a time found, without their reports, the oldest first. */
export async function recentChecks(lookbackMs: number, limit: number): Promise<PushHealthCheck[]> {
  const checks = await PushHealthCheck.query()
    .where('lookback_ms', lookbackMs)
    .orderBy('id', 'desc')
    .limit(limit)
    .select('id', 'checked_at', 'level', 'due', 'sent', 'overall_coverage')
  return checks.toReversed()
}

/** What the checks found that were taken at these times (epoch milliseconds) and are kept still. */
export async function findingsAt(times: readonly number[]): Promise<Map<number, HealthFinding[]>> {
  const checks = await PushHealthCheck.query()
    .whereIn('checked_at', [...times])
    .select('checked_at', 'report')
  return new Map(
    checks.map(({ checkedAt, report }) => [checkedAt, (report as PushHealthReport).findings])
  )
}

/**
 * What checks found since a time (epoch milliseconds), the oldest first: every so many of them, so that a
 * drawing has about `most` points.
 */
export async function checksSince(
  since: number,
  lookbackMs: number,
  most: number
): Promise<PushHealthReport[]> {
  const all = await PushHealthCheck.query()
    .where('lookback_ms', lookbackMs)
    .where('checked_at', '>=', since)
    .orderBy('id')
    .select('id')
  const step = Math.max(1, Math.ceil(all.length / most))
  // The last one is always among them.
  const ids = all.filter((_, index) => (all.length - 1 - index) % step === 0).map(({ id }) => id)
  const checks = await PushHealthCheck.query().whereIn('id', ids).orderBy('id')
  return checks.map(({ report }) => report as PushHealthReport)
}
