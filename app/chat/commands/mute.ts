import { displayText } from '#feed/display_text'
import { changed, type Command } from '#chat/commands/command'
import { durationOf } from '#chat/commands/arguments'
import { changePreferences } from '#chat/preferences/preferences'
import { FOR_GOOD } from '#chat/preferences/quiet_hours'

/** The longest time that is a time: a year. */
const LONGEST_MS = 366 * 86_400_000

/** `/mute 1h`: no pushes for so long; without a time until `/unmute`. */
export const mute: Command = {
  name: 'mute',
  aliases: ['静音', '免打扰'],
  async reply({ user, words, reader, clock }) {
    const ms = words.length === 0 ? null : durationOf(words)
    if (words.length > 0 && (ms === null || ms <= 0 || ms > LONGEST_MS)) {
      return reader.t('mute.unclear', { words: displayText(words.join(' ')) })
    }
    const mutedUntil = ms === null ? FOR_GOOD : clock.now() + ms
    await changePreferences(user.id, () => ({ mutedUntil }), clock)
    return changed(
      ms === null
        ? reader.t('mute.forGood')
        : reader.t('mute.until', { time: reader.moment(mutedUntil) })
    )
  },
}

export const unmute: Command = {
  name: 'unmute',
  aliases: ['取消静音', '恢复'],
  async reply({ user, reader, clock }) {
    await changePreferences(user.id, () => ({ mutedUntil: null }), clock)
    return changed(reader.t('mute.over'))
  },
}
