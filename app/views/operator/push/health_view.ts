import { percentText } from '#foundation/text/figures'
import type { LaunchCoverage } from '#health/push/coverage'
import type { Finding } from '#health/push/findings'
import { FATES } from '#health/push/planned_pushes'
import type { PushHealthReport } from '#health/push/report'
import type PushAlert from '#models/push_alert'
import type PushHealthCheck from '#models/push_health_check'
import { alertRow } from '#views/operator/push/alert_row'
import { checkHistory } from '#views/operator/push/check_history'
import { collectorTiles } from '#views/operator/push/collector_tiles'
import { findingView } from '#views/operator/push/finding_view'
import { pushTiles } from '#views/operator/push/push_tiles'
import type { Reader } from '#views/operator/reader'

interface Stored {
  report: PushHealthReport
  checks: readonly PushHealthCheck[]
  alerts: readonly PushAlert[]
  /** What the checks found that raised them, by when they were taken. */
  findings: ReadonlyMap<number, Finding[]>
}

/** What becomes of pushes that are neither sent nor under way. */
const LOSSES = FATES.filter((fate) => fate !== 'sent' && fate !== 'waiting')

/** Everything that the page about pushing shows. */
export function healthView({ report, checks, alerts, findings }: Stored, reader: Reader) {
  const { locale } = reader
  const numbers = (counts: Record<string, number>) =>
    Object.entries(counts).map(([name, count]) => ({ name, count: count.toLocaleString(locale) }))

  return {
    level: report.level,
    findings: report.findings.map((finding) => findingView(finding, locale)),
    tiles: pushTiles(report, reader),
    collectors: collectorTiles(report, reader),
    launches: report.coverage.by_launch.map((launch) => launchRow(launch, reader)),
    losses: numbers(Object.fromEntries(LOSSES.map((fate) => [fate, report.coverage.jobs[fate]]))),
    undelivered: numbers({ ...report.undelivered }),
    totals: numbers({ ...report.totals }),
    endpoints: report.endpoints,
    history: checkHistory(checks, reader),
    openAlerts: report.open_alerts,
    alerts: alerts.map((alert) => alertRow(alert, findings, reader)),
  }
}

function launchRow({ coverage, ...launch }: LaunchCoverage, { locale }: Reader) {
  return {
    source: launch.source,
    kind: launch.kind,
    launches: launch.launches.toLocaleString(locale),
    users: launch.eligible_users.toLocaleString(locale),
    due: launch.due.toLocaleString(locale),
    sent: launch.sent.toLocaleString(locale),
    coverage: coverage === null ? null : percentText(coverage, locale),
  }
}
