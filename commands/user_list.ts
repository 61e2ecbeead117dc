import { BaseCommand, flags } from '@adonisjs/core/ace'
import { formatEther } from 'ox/Value'
import { minuteText } from '#foundation/text/figures'
import { printList } from '#foundation/cli/print_list'
import { listUsers } from '#billing/plans/users'

export default class UserList extends BaseCommand {
  static commandName = 'user:list'
  static description = 'List the users with their plans'
  static help = [
    'A table on a terminal, tab-separated values elsewhere. Times are UTC; credit',
    'is BNB that bought no time yet.',
    '```',
    '{{ binaryName }} user:list',
    `{{ binaryName }} user:list --json | jq '.data[] | select(.plan == "yearly")'`,
    '```',
    'Exit codes: 0 listed, 1 failed.',
  ]
  static options = { startApp: true }

  @flags.boolean({ description: 'Print everything as JSON on stdout; amounts in wei' })
  declare json?: boolean

  async run() {
    printList(await listUsers(), {
      isJson: this.json,
      columns: {
        'id': (user) => user.id,
        'wallet': (user) => user.wallet_address,
        'plan': (user) => user.plan,
        'until': (user) => minuteText(user.ends_at),
        'credit': (user) => formatEther(BigInt(user.credit)),
        'since': (user) => minuteText(user.created_at),
        'last login': (user) => minuteText(user.last_login_at),
      },
    })
  }
}
