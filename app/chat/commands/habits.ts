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
export const keepalive: Command = {
  name: 'keepalive',
  aliases: ['保活'],
  async reply({ user, words: [word = ''], chat, reader, clock }) {
    const keepsAlive = switchedOf(word)
    if (keepsAlive === null) {
      return reader.t('keepalive.which')
    }
    const wish = { userId: user.id, channel: chat.channel }
    await changePreferences(wish, () => ({ keepsAlive }), clock)
    return changed(reader.t(keepsAlive ? 'keepalive.on' : 'keepalive.off'))
  },
}
