import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import tronConfig from '#config/tron'
import { accountByWallet } from '#accounts/find_account'
import { tronAccountsOf, watchTron } from '#accounts/tron_accounts'
import { systemClock } from '#foundation/clock'
import { printJson, printTable } from '#foundation/cli/print_list'
import { minuteText } from '#foundation/text/figures'
import { tronAccountView } from '#views/tron_account_view'

export default class TronWatch extends BaseCommand {
  static commandName = 'tron:watch'
  static description = 'Watch an account of TRON, or list those that are watched'
  static help = [
    'The records of the account are stored from the next block on. An address is base58 (T…)',
    'or hexadecimal (41…). Without one the watched accounts are listed.',
    '```',
    '{{ binaryName }} tron:watch TUEZSdKsoDHQMeZwihtdoBiN46zxhGWYdH --label="Pool 1" --pool=1',
    '{{ binaryName }} tron:watch --json',
    '```',
    'Exit codes: 0 done, 1 refused.',
  ]
  static options = { startApp: true }

  @args.string({ description: 'The account', required: false })
  declare address?: string

  @flags.string({ description: 'What people call it' })
  declare label?: string

  @flags.string({ description: 'Its id in your own system, for ?pool_account_id=' })
  declare pool?: string

  @flags.string({ description: 'The wallet of the user for whom it is watched' })
  declare user?: string

  @flags.boolean({ description: 'Print as JSON on stdout; times in milliseconds' })
  declare json?: boolean

  async run() {
    const user = this.user ? await accountByWallet(this.user) : null
    const ownerId = user?.id ?? null
    const watcher = { ownerId, chainId: tronConfig.network.chainId }
    const { address, label, pool: poolAccountId } = this
    const accounts =
      address === undefined
        ? await tronAccountsOf(watcher)
        : [await watchTron(watcher, { address, label, poolAccountId }, systemClock)]

    if (this.json) {
      printJson(accounts.map(tronAccountView))
      return
    }
    printTable(
      ['address', 'label', 'pool', 'since', 'from block'],
      accounts.map((one) => [
        one.address,
        one.label,
        one.poolAccountId,
        minuteText(one.createdAt),
        one.watchFrom,
      ])
    )
  }
}
