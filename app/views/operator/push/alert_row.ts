import type { Finding } from '#health/push/findings'
import type PushAlert from '#models/push_alert'
import { findingView } from '#views/operator/push/finding_view'
import type { Reader } from '#views/operator/reader'
import { timeView } from '#views/time_view'

/**
 * An open alert. One about pushing as a whole is told in the reader's words for what its check
 * found, and like all others in those of its message when the check is not kept any more.
 */
export function alertRow(
  { id, kind, message, since, eventTime }: PushAlert,
  findings: ReadonlyMap<number, Finding[]>,
  { locale, now }: Reader
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
