import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import { print } from '#foundation/cli/print'
import { formatEther } from 'ox/Value'
import { minuteText } from '#foundation/text/figures'
import { printJson, printTable } from '#foundation/cli/print_list'
import { findUser } from '#accounts/find_account'
import { showUser } from '#billing/plans/users'

export default class UserShow extends BaseCommand {
  static commandName = 'user:show'
  static description = 'Show the plan of a user, what changed it, and the payments'
  static help = [
    '```',
    '{{ binaryName }} user:show 0x52ab…',
    '{{ binaryName }} user:show 7 --json',
    '```',
    'Exit codes: 0 shown, 1 there is no such user.',
  ]
  static options = { startApp: true }

  @args.string({ description: 'A wallet, or the number of the user' })
  declare user: string

  @flags.boolean({ description: 'Print everything as JSON on stdout; amounts in wei' })
  declare json?: boolean

  async run() {
    const shown = await showUser(await findUser(this.user))
    if (this.json) {
      printJson(shown)
      return
    }
    const facts: [string, string | number | null][] = [
      ['id', shown.id],
      ['wallet', shown.wallet_address],
      ['plan', shown.plan],
      ['until', minuteText(shown.ends_at)],
      ['credit', `${formatEther(BigInt(shown.credit))} BNB`],
      ['pays to', shown.deposit_addresses.join(' ') || null],
    ]
    printTable(['user', ''], facts)
    print('\n')
    printTable(
      ['changed', 'cause', 'plan', 'until', 'payment', 'note'],
      shown.changes.map(({ at, cause, plan, ends_after: until, payment_id: payment, note }) => [
        minuteText(at),
        cause,
        plan,
        minuteText(until),
        payment,
        note,
      ])
    )
  }
}
