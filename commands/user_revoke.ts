import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import { printAside } from '#foundation/cli/print'
import { systemClock } from '#foundation/clock'
import { revoke } from '#billing/plans/change_plan'
import { findUser } from '#accounts/find_account'

export default class UserRevoke extends BaseCommand {
  static commandName = 'user:revoke'
  static description = 'End the plan of a user now'
  static help = [
    'Payments and credit stay in the ledger.',
    '```',
    '{{ binaryName }} user:revoke 0x52ab… --note="paid back"',
    '```',
    'Exit codes: 0 ended, 1 there is no such user, or no plan that runs.',
  ]
  static options = { startApp: true }

  @args.string({ description: 'A wallet, or the number of the user' })
  declare user: string

  @flags.string({ description: 'Why; kept with the change' })
  declare note?: string

  async run() {
    const user = await findUser(this.user)
    await revoke(user.id, this.note, systemClock)
    printAside(`The plan of ${user.walletAddress} has ended.\n`)
  }
}
