import { newestLaunches } from '#feed/launch_cards'
import type { Command } from '#chat/commands/command'
import { launchOf, lineOf } from '#chat/kinds/launch_entry'

const SHOWN = 10

/** The newest launches and graduations. */
export const history: Command = {
  name: 'history',
  aliases: ['历史', '最近'],
  async reply({ reader }) {
    const launches = await newestLaunches({}, SHOWN)
    return launches.length === 0
      ? reader.t('history.none')
      : launches.map((one) => lineOf(launchOf(one, reader), reader)).join('\n')
  },
}
