import { args, BaseCommand } from '@adonisjs/core/ace'
import { findUser } from '#accounts/find_account'
import { endSessions } from '#accounts/sessions/sessions'
import { printAside } from '#foundation/cli/print'

export default class UserLogout extends BaseCommand {
  static commandName = 'user:logout'
  static description = 'End all logins of a user, on every device'
  static help = [
    'The tokens of programs stay: see token:revoke.',
    '```',
    '{{ binaryName }} user:logout 0x52ab…',
    '```',
    'Exit codes: 0 ended, 1 there is no such user.',
  ]
  static options = { startApp: true }

  @args.string({ description: 'A wallet, or the number of the user' })
  declare user: string

  async run() {
    const user = await findUser(this.user)
    await endSessions(user.id, null)
    printAside(`All logins of ${user.walletAddress} have ended.\n`)
  }
}
