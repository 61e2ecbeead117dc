import { BaseCommand, flags } from '@adonisjs/core/ace'
import { print, printAside } from '#foundation/cli/print'
import { durationFlag, listFlag } from '#foundation/cli/flags'
import { accountByWallet, operatorAccount } from '#accounts/find_account'
import { issueToken } from '#accounts/tokens/tokens'
import { SCOPES } from '#accounts/tokens/scopes'
import { printJson } from '#foundation/cli/print_list'

export default class TokenCreate extends BaseCommand {
  static commandName = 'token:create'
  static description = 'Make an API token for a program, and show it once'
  static help = [
    `Scopes: ${SCOPES.join(', ')}, or * for all.`,
    'The token goes to stdout. Without --user it is the operator’s own, which sees',
    'the endpoints of all.',
    '```',
    '{{ binaryName }} token:create --name=grafana --scopes=webhooks:read',
    '{{ binaryName }} token:create --name=shop --scopes="*" --user=0x52ab… --expires=90d',
    '{{ binaryName }} token:create --name=bot --scopes="*" --json | jq -r .data.token',
    '```',
    'Exit codes: 0 made, 1 refused.',
  ]
  static options = { startApp: true }

  @flags.string({ description: 'Which program it is for', required: true })
  declare name: string

  @flags.array({ description: 'What it may do, separated by commas', required: true })
  declare scopes: string[]

  @flags.string({ description: 'How long it is valid, such as 90d; for ever unless given' })
  declare expires?: string

  @flags.string({ description: 'The wallet whose endpoints it may manage' })
  declare user?: string

  @flags.boolean({ description: 'Print the token as JSON on stdout; times in milliseconds' })
  declare json?: boolean

  async run() {
    const issued = await issueToken({
      owner: this.user ? await accountByWallet(this.user) : await operatorAccount(),
      name: this.name,
      scopes: listFlag(this.scopes),
      lifetimeMs: this.expires ? durationFlag('expires', this.expires) : null,
    })

    if (this.json) {
      printJson(issued)
      return
    }
    printAside(`Token ${issued.id} may do ${issued.scopes.join(', ')}`)
    printAside(issued.expires_at ? ` until ${new Date(issued.expires_at).toISOString()}.\n` : '.\n')
    printAside('It is not shown again:\n')
    print(`${issued.token}\n`)
  }
}
