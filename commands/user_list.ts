import { BaseCommand, flags } from '@adonisjs/core/ace'
import { formatEther } from 'viem'
import { minuteText } from '#foundation/minute_text'
import { printTable } from '#foundation/printed_table'
import { listUsers } from '#billing/users/list_users'

const HEAD = ['id', 'wallet', 'plan', 'until', 'credit', 'since', 'last login']

export default class UserList extends BaseCommand {
  static commandName = 'user:list'
  static description = 'List the users with their plans'
  static help = [
    'A table on a terminal, tab-separated values elsewhere. Times are UTC; credit is BNB that',
    'bought no time yet.',
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
    const users = await listUsers()
    if (this.json) {
      process.stdout.write(`${JSON.stringify({ data: users })}\n`)
      return
    }
    printTable(
      HEAD,
      users.map((user) => [
        user.id,
        user.wallet_address,
        user.plan,
        minuteText(user.ends_at),
        formatEther(BigInt(user.credit)),
        minuteText(user.created_at),
        minuteText(user.last_login_at),
      ])
    )
  }
}
