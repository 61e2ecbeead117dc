import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import { printAside } from '#foundation/cli/print'
import plans from '#config/plans'
import { systemClock } from '#foundation/clock'
import { minuteText } from '#foundation/text/figures'
import { assignPayment } from '#billing/ledger/assign_payment'
import { findUser } from '#accounts/find_account'

export default class PaymentsAssign extends BaseCommand {
  static commandName = 'payments:assign'
  static description = 'Credit a payment that matched no account to a user'
  static help = [
    '```',
    '{{ binaryName }} payments:list --unassigned',
    '{{ binaryName }} payments:assign 12 --user=0x52ab…',
    '```',
    'Exit codes: 0 credited, 1 refused.',
  ]
  static options = { startApp: true }

  @args.string({ description: 'Number of the payment, as payments:list shows it' })
  declare id: string

  @flags.string({ description: 'Whose it is: a wallet, or the number of the user', required: true })
  declare user: string

  async run() {
    const user = await findUser(this.user)
    const payment = await assignPayment(this.id, user, { terms: plans, clock: systemClock })
    const until = payment.entitledUntil
    printAside(
      `Payment ${this.id} is credited to ${user.walletAddress}` +
        `${until ? `, whose plan now ends at ${minuteText(until)}` : ''}.\n`
    )
  }
}
