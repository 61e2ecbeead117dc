import { durationText, optionalDuration, percentText } from '#foundation/text/figures'
import type { PushHealthReport } from '#health/push/report'
import type { Reader } from '#views/operator/reader'

/** The figures that are looked at first, each with what explains it. */
export function pushTiles(report: PushHealthReport, { locale }: Reader) {
  const { coverage, pace, outbox, backlog, checked_at: now } = report
  const number = (amount: number) => amount.toLocaleString(locale)
  const forHowLong = (time: number | null) => (time === null ? null : durationText(now - time))

  return {
    coverage: coverage.coverage === null ? null : percentText(coverage.coverage, locale),
    sent: { sent: number(coverage.sent), due: number(coverage.due) },
    perMinute: number(pace.per_minute),
    way: [pace.p50_ms, pace.p95_ms].map(optionalDuration),
    oldest: forHowLong(backlog.oldest_new_at),
    waiting: number(backlog.new + backlog.sending),
    retries: number(backlog.tried),
    replayed: number(backlog.replayed),
    unplanned: number(outbox.facts),
    unplannedFor: forHowLong(outbox.oldest_at),
  }
}
