import type ChatPreference from '#models/chat_preference'
import type { ChatSwitch, Choice } from '#chat/kinds/chat_kind'
import type { FilterFault } from '#chat/kinds/fact_filter'
import { chatKindsFor, chatSwitches, kindOfSwitch, placeLabel } from '#chat/kinds/registry'
import { clockText, FOR_GOOD, silenceOf } from '#chat/preferences/quiet_hours'
import { choicesOf } from '#chat/preferences/switches'
import type { Reader } from '#chat/reader'

/** What is set for each switch that concerns the user, one line each. */
export async function switchLines(preference: ChatPreference, reader: Reader): Promise<string[]> {
  const switches = chatSwitches(await chatKindsFor(preference.userId))
  return choicesOf(preference, switches).map((one) => switchLine(one, one.choice, reader))
}

/** What one switch now does: tells of all, of what a filter picks, of nothing, or counts. */
export function switchLine(one: ChatSwitch, choice: Choice, { t }: Reader): string {
  const { isCounted } = kindOfSwitch(one).happenings[one.kind]!
  const state = choice === false ? 'off' : choice !== '' ? 'filtered' : isCounted ? 'counted' : 'on'
  const kind = t(`kinds.${one.kind}`)
  return t(`switches.${state}`, { venue: placeLabel(one.source), kind, filter: choice || '' })
}

/** Why a filter cannot be used, in the words of the user. */
export function filterFaultText({ fault, ...data }: FilterFault, { t }: Pick<Reader, 't'>): string {
  return t(`filterFaults.${fault}`, data)
}

/** Whether the user is left alone now, or will be each night; null: neither. */
export function silenceLine(preference: ChatPreference, reader: Reader, now: number) {
  const { t, timeZone, moment } = reader
  const silence = silenceOf(preference, timeZone, now)
  if (silence?.reason === 'muted') {
    return silence.until === FOR_GOOD
      ? t('mute.forGood')
      : t('mute.until', { time: moment(silence.until) })
  }
  const { quietFrom, quietUntil } = preference
  return quietFrom === null || quietUntil === null
    ? null
    : t('quiet', { from: clockText(quietFrom), until: clockText(quietUntil), zone: timeZone })
}
