import db from '@adonisjs/lucid/services/db'
import { switchedOf } from '#chat/commands/arguments'
import { changed, type Command } from '#chat/commands/command'
import { nearlyLines, nearlyThere } from '#chat/messages/nearly_there'
import { changePreferences } from '#chat/preferences/preferences'

const SHOWN = 10

/** The tokens that are about to graduate; `/nearly on` lists them in each digest. */
export const nearly: Command = {
  name: 'nearly',
  aliases: ['快毕业', '即将毕业'],
  async reply({ user, words: [word = ''], reader, clock }) {
    const tellsNearly = switchedOf(word)
    if (tellsNearly !== null) {
      await changePreferences(user.id, () => ({ tellsNearly }), clock)
      return changed(reader.t(tellsNearly ? 'nearly.on' : 'nearly.off'))
    }
    const tokens = await nearlyThere(db.connection(), SHOWN)
    return tokens.length > 0 ? nearlyLines(tokens, reader).join('\n') : reader.t('nearly.none')
  },
}
