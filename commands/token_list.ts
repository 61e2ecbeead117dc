import { BaseCommand, flags } from '@adonisjs/core/ace'
import { minuteText } from '#foundation/text/figures'
import { printList } from '#foundation/cli/print_list'
import { listTokens } from '#accounts/tokens/tokens'

export default class TokenList extends BaseCommand {
  static commandName = 'token:list'
  static description = 'List the API tokens with what they may do and when they were last used'
  static help = [
    'A table on a terminal, tab-separated values elsewhere. Times are UTC; the',
    'last use is known to the minute.',
    '```',
    '{{ binaryName }} token:list',
    `{{ binaryName }} token:list --json | jq '.data[] | select(.last_used_at == null)'`,
    '```',
    'Exit codes: 0 listed, 1 failed.',
  ]
  static options = { startApp: true }

  @flags.boolean({ description: 'Print everything as JSON on stdout; times in milliseconds' })
  declare json?: boolean

  async run() {
    printList(await listTokens(), {
      isJson: this.json,
      columns: {
        'id': (token) => token.id,
        'name': (token) => token.name,
        'owner': (token) => token.wallet_address ?? 'operator',
        'scopes': (token) => token.scopes.join(','),
        'created': (token) => minuteText(token.created_at),
        'last used': (token) => minuteText(token.last_used_at),
        'expires': (token) => minuteText(token.expires_at),
      },
      ifEmpty: 'No token yet. Make one: node ace token:create',
    })
  }
}
