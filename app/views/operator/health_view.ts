import { percentText, durationText } from '#foundation/text/figures'
import type { LaunchCoverage } from '#health/coverage'
import type { HealthFinding } from '#health/finding'
import { JOB_OUTCOMES } from '#health/planned_pushes'
import type { PushHealthReport } from '#health/report'
import type PushAlert from '#models/push_alert'
import type PushHealthCheck from '#models/push_health_check'
import { pushTiles } from '#views/push_figures'
import type { Locale } from '#http/language'
import type { Viewer } from '#http/viewer'
import { reasonText } from '#views/reason_text'
import { timeView } from '#views/time_view'
import { drawBars } from '#views/webhook/bars'

interface Stored {
  report: PushHealthReport
  checks: readonly PushHealthCheck[]
  alerts: readonly PushAlert[]
  /** What the checks found that raised them, by when they were taken. */
  findings: ReadonlyMap<number, HealthFinding[]>
}

/** What becomes of pushes that are neither sent nor under way. */
const LOSSES = JOB_OUTCOMES.filter((outcome) => outcome !== 'sent' && outcome !== 'waiting')

/** Everything that the page about pushing shows. */
export function healthView({ report, checks, alerts, findings }: Stored, viewer: Viewer) {
  const { locale } = viewer
  const numbers = (counts: Record<string, number>) =>
    Object.entries(counts).map(([name, count]) => ({ name, count: count.toLocaleString(locale) }))

  return {
    level: report.level,
    findings: report.findings.map((finding) => findingView(finding, locale)),
    arrived: report.coverage.due > 0 ? report.coverage : null,
    tiles: pushTiles(report, locale),
    collectors: collectorTiles(report, viewer),
    launches: report.coverage.by_launch.map((launch) => launchRow(launch, viewer)),
    losses: numbers(
      Object.fromEntries(LOSSES.map((outcome) => [outcome, report.coverage.jobs[outcome]]))
    ),
    wechat: wechatView(report.wechat, viewer),
    undelivered: numbers({ ...report.undelivered }),
    totals: numbers({ ...report.totals }),
    history: checkHistory(checks, viewer),
    openAlerts: report.open_alerts,
    alerts: alerts.map((alert) => alertRow(alert, findings, viewer)),
  }
}

/** How far what is pushed is collected, and what of it was lost. */
function collectorTiles({ collectors }: PushHealthReport, { locale, now }: Viewer) {
  const { chains, polls, gaps, quarantined_logs: quarantined } = collectors
  const number = (amount: number) => amount.toLocaleString(locale)
  return {
    chains: chains.map((chain) => ({
      id: String(chain.chain_id),
      block: number(chain.block_number),
      behind: chain.blocks_behind,
      read: timeView(chain.read_at, locale, now),
    })),
    polls: polls.map(({ name, polled_at: at, possible_losses: losses }) => ({
      name,
      polled: at === null ? null : timeView(at, locale, now),
      losses,
    })),
    gaps: number(gaps.open),
    gapBlocks: gaps.blocks,
    quarantined: number(quarantined),
  }
}

/** What became of pushes over WeChat; null while no user has bound one. */
function wechatView({ bindings, jobs, held }: PushHealthReport['wechat'], viewer: Viewer) {
  const number = (amount: number) => amount.toLocaleString(viewer.locale)
  if (bindings.active + bindings.unreachable === 0) {
    return null
  }
  return {
    fates: Object.entries(jobs).map(([name, count]) => ({ name, count: number(count) })),
    held: held.map(({ reason, bindings: users, jobs: count }) => ({
      reason: reasonText({ reason, detail: null }, viewer),
      users,
      count: number(count),
    })),
  }
}

function launchRow({ coverage, ...launch }: LaunchCoverage, { locale }: Viewer) {
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

/**
 * An open alert. One about pushing as a whole is told in the reader's words for what its check
 * found, and like all others in those of its message when the check is not kept any more.
 */
function alertRow(
  { id, kind, message, since, eventTime }: PushAlert,
  findings: ReadonlyMap<number, HealthFinding[]>,
  { locale, now }: Viewer
) {
  const found = kind.startsWith('health.') ? findings.get(since) : undefined
  return {
    id,
    kind,
    message,
    findings: found?.map((finding) => findingView(finding, locale)) ?? [],
    raised: timeView(eventTime, locale, now),
  }
}

/** A finding with what goes into the page's words for it, under `health.findings`. */
export function findingView(finding: HealthFinding, locale: Locale) {
  const values: Record<string, string | number | null> = { ...finding }
  if ('coverage' in finding) {
    values.coverage = percentText(finding.coverage, locale)
  }
  if ('silent_ms' in finding) {
    values.time = finding.silent_ms === null ? 'never' : durationText(finding.silent_ms)
  }
  if ('late_ms' in finding) {
    values.time = durationText(Math.abs(finding.late_ms))
    values.side = finding.late_ms > 0 ? 'old' : 'ahead'
  }
  if ('p95_ms' in finding) {
    values.p95 = durationText(finding.p95_ms)
  }
  if ('chain_id' in finding) {
    // A name, not an amount: without separators between its digits.
    values.chain = String(finding.chain_id)
  }
  return { name: finding.name, level: finding.level, values }
}

/** The most checks that a page shows. */
export const CHECKS = 60

/**
 * The last checks as bars, the last one on the right: as high as what arrived of what was due, full
 * where nothing was. Under those that were not well something hangs.
 */
function checkHistory(checks: readonly PushHealthCheck[], { locale, now }: Viewer) {
  const last = checks.at(-1)
  const well = checks.filter(({ level }) => level === 'ok').length
  const bars = checks.map(({ level, overallCoverage }) => ({
    height: overallCoverage ?? 1,
    hangs: level !== 'ok',
  }))
  return {
    ...drawBars(bars, CHECKS),
    counts: { total: checks.length, well, bad: checks.length - well },
    last: last ? timeView(last.checkedAt, locale, now) : null,
  }
}
