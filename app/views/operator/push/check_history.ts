import type PushHealthCheck from '#models/push_health_check'
import { drawBars } from '#views/operator/bar_drawing'
import type { Reader } from '#views/operator/reader'
import { timeView } from '#views/time_view'

/** The most checks that a page shows. */
export const CHECKS = 60

/**
 * The last checks as bars, the last one on the right: as high as what arrived of what was due, full
 * where nothing was. Under those that were not well something hangs.
 */
export function checkHistory(checks: readonly PushHealthCheck[], { locale, now }: Reader) {
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
