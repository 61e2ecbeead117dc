import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import { printAside } from '#foundation/cli/print'
import tronConfig from '#config/tron'
import { accountByWallet } from '#accounts/find_account'
import { unwatchTron } from '#accounts/tron_accounts'
import { OperatorError } from '#foundation/errors'

export default class TronUnwatch extends BaseCommand {
  static commandName = 'tron:unwatch'
  static description = 'Stop watching an account of TRON; what is stored stays'
  static help = [
    '```',
    '{{ binaryName }} tron:unwatch TUEZSdKsoDHQMeZwihtdoBiN46zxhGWYdH',
    '```',
    'Exit codes: 0 done, 1 it was not watched.',
  ]
  static options = { startApp: true }

  @args.string({ description: 'The account' })
  declare address: string

  @flags.string({ description: 'The wallet of the user for whom it was watched' })
  declare user?: string

  async run() {
    const user = this.user ? await accountByWallet(this.user) : null
    const ownerId = user?.id ?? null
    if (!(await unwatchTron({ ownerId, chainId: tronConfig.network.chainId }, this.address))) {
      throw new OperatorError(`${this.address} is not watched. See: node ace tron:watch`)
    }
    printAside('It is watched no more.\n')
  }
}
