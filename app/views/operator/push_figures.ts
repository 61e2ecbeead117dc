import type { PushStats } from '#webhooks/endpoints/push_stats'
import { optionalDuration, percentText } from '#foundation/text/figures'
import type { Reader } from '#views/operator/reader'
import { timeView } from '#views/time_view'

/** What was pushed, as figures to read; null where there is nothing to say yet. */
export function pushFigures(stats: PushStats, { locale, now }: Reader) {
  const { total_pushed: total, success_count: successes, last_push_time: last } = stats
  return {
    pushed: total.toLocaleString(locale),
    failed: stats.failure_count.toLocaleString(locale),
    rate: total > 0 ? percentText(successes / total, locale) : null,
    p50: optionalDuration(stats.p50_delay_ms),
    p95: optionalDuration(stats.p95_delay_ms),
    p99: optionalDuration(stats.p99_delay_ms),
    last: last === null ? null : timeView(last * 1000, locale, now),
  }
}
