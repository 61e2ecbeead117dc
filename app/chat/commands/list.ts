import type { Command } from '#chat/commands/command'
import { silenceLine, switchLines } from '#chat/commands/preference_lines'
import { preferencesOf } from '#chat/preferences/preferences'
import { watchesOf } from '#chat/preferences/watches'

/** As many watched addresses as a message has room for. */
const SHOWN = 20

/** Everything that the user has set. */
export const list: Command = {
  name: 'list',
  aliases: ['列表', '设置'],
  async reply({ user, chat, reader, clock }) {
    const preference = await preferencesOf(user.id, chat.channel)
    const watches = await watchesOf(user.id)
    const shown = watches.slice(0, SHOWN).map(({ address }) => address)
    const left = watches.length - shown.length
    const lines = [
      ...(await switchLines(preference, reader)),
      watches.length > 0
        ? reader.t('watch.list', { count: watches.length })
        : reader.t('watch.none'),
      ...shown,
      left > 0 ? reader.t('more', { count: left }) : null,
      silenceLine(preference, reader, clock.now()),
    ]
    return lines.filter((line) => line !== null).join('\n')
  },
}
