import tronConfig from '#config/tron'
import { tronAccountsOf } from '#accounts/tron_accounts'
import type { Reader } from '#chat/reader'
import type { Command } from '#chat/commands/command'
import { silenceLine, switchLines } from '#chat/commands/preference_lines'
import { preferencesOf } from '#chat/preferences/preferences'
import { watchesOf } from '#chat/preferences/watches'

/** As many addresses of each kind as a message has room for. */
const SHOWN = 20

/** Everything that the user has set. */
export const list: Command = {
  name: 'list',
  aliases: ['列表', '设置'],
  async reply({ user, reader, clock }) {
    const preference = await preferencesOf(user.id)
    const followed = await watchesOf(user.id)
    const { chainId } = tronConfig.network
    const accounts = await tronAccountsOf({ ownerId: user.id, chainId })
    const lines = [
      ...(await switchLines(preference, reader)),
      ...(followed.length > 0 ? addressLines('list', followed, reader) : [reader.t('watch.none')]),
      ...(accounts.length > 0 ? addressLines('accounts', accounts, reader) : []),
      silenceLine(preference, reader, clock.now()),
    ]
    return lines.filter((line) => line !== null).join('\n')
  },
}

function addressLines(
  words: 'list' | 'accounts',
  addresses: readonly { address: string }[],
  { t }: Reader
): string[] {
  const shown = addresses.slice(0, SHOWN).map(({ address }) => address)
  const left = addresses.length - shown.length
  const head = t(`watch.${words}`, { count: addresses.length })
  return [head, ...shown, ...(left > 0 ? [t('more', { count: left })] : [])]
}
