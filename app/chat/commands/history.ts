import { newestLaunches } from '#feed/launch_cards'
import type { Command } from '#chat/commands/command'
import { entryOf } from '#chat/messages/launch_entry'
import { lineOf } from '#chat/messages/digest'

const SHOWN = 10

/** The newest launches and graduations. */
export const history: Command = {
  name: 'history',
  aliases: ['历史', '最近'],
  async reply({ reader }) {
    const launches = await newestLaunches({}, SHOWN)
    return launches.length === 0
      ? reader.t('history.none')
      : launches.map((one) => lineOf(entryOf(one, reader), reader)).join('\n')
  },
}
