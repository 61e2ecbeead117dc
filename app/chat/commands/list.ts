import tronConfig from '#config/tron'
import { tronAccountsOf } from '#accounts/tron_accounts'
import type { Reader } from '#chat/reader'
import type { Command } from '#chat/commands/command'
import { silenceLine, switchLines } from '#chat/commands/preference_lines'
import { preferencesOf } from '#chat/preferences/preferences'
import { watchesOf } from '#chat/preferences/watches'

/** As many of each kind as a message has room for. */
const SHOWN = 20

/** Everything that the user has set. */
export const list: Command = {
  name: 'list',
  aliases: ['列表', '设置'],
  async reply({ user, reader, clock }) {
    const preference = await preferencesOf(user.id)
    const watches = await watchesOf(user.id)
    const followed = watches.map(({ subject }) => subject)
    const { chainId } = tronConfig.network
    const ofTron = await tronAccountsOf({ ownerId: user.id, chainId })
    const accounts = ofTron.map(({ address }) => address)
    const lines = [
      ...(await switchLines(preference, reader)),
      ...(followed.length > 0 ? watchedLines('list', followed, reader) : [reader.t('watch.none')]),
      ...(accounts.length > 0 ? watchedLines('accounts', accounts, reader) : []),
      silenceLine(preference, reader, clock.now()),
    ]
    return lines.filter((line) => line !== null).join('\n')
  },
}

function watchedLines(
  words: 'list' | 'accounts',
  watched: readonly string[],
  { t }: Reader
): string[] {
  const shown = watched.slice(0, SHOWN)
  const left = watched.length - shown.length
  const head = t(`watch.${words}`, { count: watched.length })
  return [head, ...shown, ...(left > 0 ? [t('more', { count: left })] : [])]
}
