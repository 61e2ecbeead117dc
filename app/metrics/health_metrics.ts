import { countOpenAlerts } from '#delivery/alerts'
import { latestCheck } from '#health/checks'
import { FINDINGS } from '#health/finding'
import { HEALTH_LEVELS } from '#models/push_health_check'
import type { MetricSet } from '#metrics/metric_set'

/** What the last check of pushing found: to take one for each scrape would cost too much. */
export async function addHealthMetrics(set: MetricSet, now: number) {
  set.gauge('regou_alerts_open', 'Alerts that are neither over nor acknowledged.', [
    [{}, await countOpenAlerts()],
  ])
  const report = await latestCheck()
  set.gauge('regou_check_age_seconds', 'Time since pushing was checked.', [
    [{}, report && (now - report.checked_at) / 1000],
  ])
  set.gauge('regou_health_level', '0 ok, 1 degraded, 2 critical.', [
    [{}, report && HEALTH_LEVELS.indexOf(report.level)],
  ])
  set.gauge('regou_push_coverage_ratio', 'What has arrived of what was due.', [
    [{}, report?.coverage.coverage ?? null],
  ])
  set.gauge(
    'regou_health_finding',
    '1 while the last check found it.',
    FINDINGS.map((finding) => {
      const isFound = report?.findings.some(({ name }) => name === finding)
      return [{ finding }, isFound === undefined ? null : Number(isFound)]
    })
  )
  set.gauge('regou_backup_age_seconds', 'Age of the newest backup, where there is one.', [
    [{}, report?.backup ? (now - report.backup.made_at) / 1000 : null],
  ])
  set.gauge('regou_database_wal_bytes', 'Write-ahead log of SQLite.', [
    [{}, report?.disk?.wal_bytes ?? null],
  ])
  set.gauge('regou_disk_free_bytes', 'Room on the disk of SQLite.', [
    [{}, report?.disk?.free_bytes ?? null],
  ])
}
