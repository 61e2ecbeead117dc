import type { HealthLevel } from '#models/push_health_check'
import { readFigures, type PushHealthFigures } from '#health/push/figures'
import { findingsOf, worstOf, type Finding } from '#health/push/findings'
import type { PushHealthSettings } from '#health/push/push_health_settings'
import { findingText, verdictText } from '#health/push/wording'
import { windowBefore, type Window } from '#health/push/window'

/** How pushing does, as it was seen at one moment. Times are epoch milliseconds. */
export interface PushHealthReport extends PushHealthFigures {
  level: HealthLevel
  /** One sentence. */
  verdict: string
  findings: (Finding & { message: string })[]
  checked_at: number
  window: Window
}

/** Looks at how pushing does, and stores nothing. Times in milliseconds. */
export async function lookAtPushing(
  lookbackMs: number,
  now: number,
  settings: PushHealthSettings
): Promise<PushHealthReport> {
  const window = windowBefore(now, lookbackMs, settings.settleMs)
  const figures = await readFigures(window, now)
  const findings = findingsOf(figures, settings, now)
  return {
    level: worstOf(findings),
    verdict: verdictText(findings, figures.coverage),
    findings: findings.map((finding) => ({ ...finding, message: findingText(finding) })),
    checked_at: now,
    window,
    ...figures,
  }
}
