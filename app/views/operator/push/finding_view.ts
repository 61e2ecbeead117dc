import { durationText, percentText } from '#foundation/text/figures'
import type { Finding } from '#health/push/findings'
import type { Locale } from '#http/page_language'

/** A finding with what goes into the page's words for it, under `health.findings`. */
export function findingView(finding: Finding, locale: Locale) {
  const values: Record<string, string | number | null> = { ...finding }
  if ('coverage' in finding) {
    values.coverage = percentText(finding.coverage, locale)
  }
  if ('silent_ms' in finding) {
    values.time = finding.silent_ms === null ? 'never' : durationText(finding.silent_ms)
  }
  if ('chain_id' in finding) {
    // A name, not an amount: without separators between its digits.
    values.chain = String(finding.chain_id)
  }
  return { name: finding.name, level: finding.level, values }
}
