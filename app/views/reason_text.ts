import { REMOVED as UNNAMED } from '#webhooks/sending/environment_endpoints'
import { BY_OPERATOR, BY_OWNER, DELETED, OUT_OF_SERVICE } from '#webhooks/endpoints/endpoint_state'
import { FILTER_FAILED, LEFT_OUT } from '#delivery/expressions/filter'
import { failureWords } from '#delivery/outcomes/failure'
import { REMOVED as REORGED } from '#delivery/planning/plan_removals'
import { languageState } from '#http/language'
import { plainText } from '#views/plain_text'
import type { Viewer } from '#http/viewer'

/** How reasons begin that are always worded alike, and the message that every language has for them. */
const USUAL: [words: string, key: string][] = [
  ...Object.entries(failureWords).map(([kind, words]): [string, string] => [
    words,
    `deliveries.failures.${kind}`,
  ]),
  [LEFT_OUT, 'reasons.left_out'],
  [FILTER_FAILED, 'reasons.filter_failed'],
  [REORGED, 'reasons.reorged'],
  [OUT_OF_SERVICE, 'reasons.out_of_service'],
  [DELETED, 'reasons.deleted'],
  [BY_OPERATOR, 'reasons.operator'],
  [BY_OWNER, 'reasons.owner'],
  [UNNAMED, 'reasons.removed'],
]

/** Why an endpoint was disabled that only failed, with the last failure. */
const FAILING = /^every attempt since (\S+) has failed, at last: (.*)$/s

/**
 * A reason as its reader says it: why a delivery or an endpoint is where it is. Stored are English
 * words, with a detail behind them or somebody's own; these stay as they are.
 */
export function reasonText(stored: string | null, viewer: Viewer): string | null {
  if (stored === null) return null

  const { t } = languageState(viewer.locale)
  const [, since, last] = FAILING.exec(stored) ?? []
  if (since && last) {
    const { text } = viewer.localTime(Date.parse(since))
    return t('reasons.failing', { time: text, last: reasonText(last, viewer) })
  }
  const usual = USUAL.find(([words]) => stored.startsWith(words))
  if (!usual) return plainText(stored)

  const [words, key] = usual
  return `${t(key)} ${plainText(stored.slice(words.length))!.trim()}`.trim()
}
