import { durationText, percentText } from '#foundation/text/figures'
import type { FactType } from '#facts/registry'
import type { PushHealthReport } from '#health/report'
import type { Viewer } from '#http/viewer'
import { lineChart, type ChartData, type Series } from '#views/operator/line_chart'
import { findingView } from '#views/operator/health_view'
import { pushTiles } from '#views/push_figures'

/** How much of the past the charts show, in milliseconds. */
export const RANGES = { hour: 3_600_000, day: 86_400_000 } as const

export type Range = keyof typeof RANGES

/** Points of a line. */
export const POINTS = 96

const MINUTE_MS = 60_000

/** How all is now, and how it went: from the checks that are stored every minute. */
export function overviewView(
  { report, checks, range }: { report: PushHealthReport; checks: PushHealthReport[]; range: Range },
  viewer: Viewer
) {
  return {
    level: report.level,
    findings: report.findings.map((finding) => findingView(finding, viewer.locale)),
    arrived: report.coverage.due > 0 ? report.coverage : null,
    tiles: pushTiles(report, viewer.locale),
    range,
    ranges: Object.keys(RANGES),
    charts: chartsOf(checks, viewer).flatMap((data) => lineChart(data, viewer) ?? []),
  }
}

function chartsOf(checks: readonly PushHealthReport[], { locale }: Viewer): ChartData[] {
  const times = checks.map(({ checked_at: at }) => at)
  const number = (value: number) => value.toLocaleString(locale, { maximumFractionDigits: 1 })
  const seconds = (value: number) => durationText(Math.round(value))
  const share = (value: number) => percentText(value, locale)
  const each = (name: string, of: (check: PushHealthReport) => number | null): Series => {
    return { name, words: name, values: checks.map(of) }
  }
  return [
    { name: 'facts', times, text: number, series: factRates(checks) },
    { name: 'sources', times, text: number, series: launchesBySource(checks) },
    {
      name: 'deliveries',
      times,
      text: number,
      series: [
        { ...perMinute('accepted', checks, ({ totals }) => totals.accepted), words: 'accepted' },
        { ...perMinute('failed', checks, ({ totals }) => totals.failed), words: 'failed' },
      ],
    },
    {
      name: 'latency',
      times,
      text: seconds,
      series: [each('p50', ({ pace }) => pace.p50_ms), each('p95', ({ pace }) => pace.p95_ms)],
    },
    {
      name: 'backlog',
      times,
      text: number,
      series: [
        each('unplanned', ({ outbox }) => outbox.facts),
        each('new', ({ backlog }) => backlog.new),
        each('tried', ({ backlog }) => backlog.tried),
      ],
    },
    {
      name: 'coverage',
      times,
      text: share,
      series: [each('coverage', ({ coverage }) => coverage.coverage)],
    },
  ]
}

/** Kinds of which something came. */
function factRates(checks: readonly PushHealthReport[]): Series[] {
  const kinds = Object.keys(checks.at(-1)?.facts ?? {}) as FactType[]
  return kinds
    .map((kind) => perMinute(kind, checks, ({ facts }) => facts?.[kind] ?? null))
    .filter(({ values }) => values.some((value) => value))
}

/** Within the hour before each check. */
function launchesBySource(checks: readonly PushHealthReport[]): Series[] {
  const sources = new Set(
    checks.flatMap(({ coverage }) => coverage.by_launch.map(({ source }) => source))
  )
  return [...sources].toSorted().map((source) => ({
    name: source,
    values: checks.map(({ coverage }) =>
      coverage.by_launch
        .filter((launch) => launch.source === source)
        .reduce((sum, { launches }) => sum + launches, 0)
    ),
  }))
}

/** By how much a sum grew from one check to the next, for a minute; a sum that fell was begun anew. */
function perMinute(
  name: string,
  checks: readonly PushHealthReport[],
  of: (check: PushHealthReport) => number | null
): Series {
  const values = checks.map((check, index) => {
    const before = checks[index - 1]
    const [from, to] = [before ? of(before) : null, of(check)]
    if (!before || from === null || to === null || to < from) return null
    return ((to - from) * MINUTE_MS) / Math.max(1, check.checked_at - before.checked_at)
  })
  return { name, values }
}
