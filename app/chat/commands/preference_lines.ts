import type { Switch } from '#accounts/subscriptions'
import type ChatPreference from '#models/chat_preference'
import { clockText, FOR_GOOD, silenceOf } from '#chat/preferences/quiet_hours'
import { choicesOf, type Choice } from '#chat/preferences/switches'
import { venueLabel } from '#chat/messages/launch_entry'
import type { Reader } from '#chat/reader'

/** What is set for each venue and kind, one line each. */
export function switchLines(preference: ChatPreference, reader: Reader): string[] {
  return choicesOf(preference).map((one) => switchLine(one, one.choice, reader))
}

/** What one switch now does: tells of all, of what a filter picks, of nothing, or counts. */
export function switchLine(one: Switch, choice: Choice, { t }: Reader): string {
  const kind = t(`kinds.${one.kind}`)
  const state = choice === false ? 'off' : choice !== '' ? 'filtered' : one.kind
  return t(`switches.${state}`, { venue: venueLabel(one.source), kind, filter: choice || '' })
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
