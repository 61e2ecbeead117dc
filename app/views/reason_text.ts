import type { Disabling } from '#delivery/reason_words'
import { languageState } from '#http/language'
import { FAILURES } from '#models/reasons'
import type { Reason } from '#models/reasons'
import { plainText } from '#views/plain_text'
import type { Viewer } from '#http/viewer'

interface Stored {
  reason: Reason | null
  detail: string | null
}

/**
 * Why a delivery or an endpoint is where it is, as its viewer reads it. The detail stays as it came;
 * what the operator wrote stands for itself.
 */
export function reasonText({ reason, detail }: Stored, { locale }: Viewer): string | null {
  if (reason === null) return null

  const { t } = languageState(locale)
  const text = plainText(detail)
  if (isFailure(reason)) {
    const words = t(`deliveries.failures.${reason}`)
    return text === null ? words : `${words} (${text})`
  }
  if (text === null) return t(`reasons.${reason}`)
  if (reason === 'by_operator') return text
  const words = t(`reasons.${reason}`)
  // A Chinese colon brings its own space.
  return words.endsWith('：') ? `${words}${text}` : `${words} ${text}`
}

/** Why an endpoint is out of service, as its viewer reads it. */
export function disablingText(stored: Disabling, viewer: Viewer): string | null {
  const last = reasonText(stored, viewer)
  if (last === null || stored.failedSince === null) return last

  const { text: time } = viewer.localTime(stored.failedSince)
  return languageState(viewer.locale).t('reasons.failing', { time, last })
}

function isFailure(reason: Reason): boolean {
  return (FAILURES as readonly Reason[]).includes(reason)
}
