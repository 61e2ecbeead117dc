import { changeProfile } from '#accounts/change_account'
import { changed, type Command } from '#chat/commands/command'
import { languageOf, switchedOf } from '#chat/commands/arguments'
import { changePreferences } from '#chat/preferences/preferences'
import { readerOf } from '#chat/reader'

/** `/lang en`: the language of all messages, and of the user center. */
export const lang: Command = {
  name: 'lang',
  aliases: ['language', '语言'],
  async reply({ user, words: [word = ''], reader, clock }) {
    const language = languageOf(word)
    if (language === null) {
      return reader.t('lang.which')
    }
    await changeProfile(user, { language, timeZone: reader.timeZone }, clock)
    const { t } = await readerOf(user)
    return t('lang.changed')
  },
}

/** `/keepalive off`: no message only to keep the chat open. */
export const keepalive = habit('keepalive', ['保活'], 'keepsAlive')

/** `/notices off`: nothing about payments and the plan. */
export const notices = habit('notices', ['账户通知'], 'tellsAccount')

/** A command that turns something on or off. */
function habit(
  name: string,
  aliases: readonly string[],
  flag: 'keepsAlive' | 'tellsAccount'
): Command {
  return {
    name,
    aliases,
    async reply({ user, words: [word = ''], reader, clock }) {
      const isOn = switchedOf(word)
      if (isOn === null) {
        return reader.t(`${name}.which`)
      }
      await changePreferences(user.id, () => ({ [flag]: isOn }), clock)
      return changed(reader.t(`${name}.${isOn ? 'on' : 'off'}`))
    },
  }
}
