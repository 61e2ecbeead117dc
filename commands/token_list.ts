import { BaseCommand, flags } from '@adonisjs/core/ace'
import { minuteText } from '#foundation/minute_text'
import { printTable } from '#foundation/printed_table'
import { listTokens } from '#accounts/tokens/list_tokens'

const HEAD = ['id', 'name', 'owner', 'scopes', 'created', 'last used', 'expires']

export default class TokenList extends BaseCommand {
  static commandName = 'token:list'
  static description = 'List the API tokens with what they may do and when they were last used'
  static help = [
    'A table on a terminal, tab-separated values elsewhere. Times are UTC; the last use',
    'is known to the minute.',
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
    const tokens = await listTokens()
    if (this.json) {
      process.stdout.write(`${JSON.stringify({ data: tokens })}\n`)
      return
    }
    printTable(
      HEAD,
      tokens.map((token) => [
        token.id,
        token.name ?? '-',
        token.wallet_address ?? 'operator',
        token.scopes.join(','),
        minuteText(token.created_at),
        minuteText(token.last_used_at),
        minuteText(token.expires_at),
      ])
    )
    if (tokens.length === 0) {
      process.stderr.write('No token yet. Make one: node ace token:create\n')
    }
  }
}
