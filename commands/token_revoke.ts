import { args, BaseCommand } from '@adonisjs/core/ace'
import { printAside } from '#foundation/cli/print'
import { revokeToken } from '#accounts/tokens/tokens'

export default class TokenRevoke extends BaseCommand {
  static commandName = 'token:revoke'
  static description = 'Take an API token back at once'
  static help = [
    'A request with it is answered 401 from then on.',
    '```',
    '{{ binaryName }} token:revoke 3',
    '```',
    'Exit codes: 0 revoked, 1 there is no such token.',
  ]
  static options = { startApp: true }

  @args.string({ description: 'Number of the token, as token:list shows it' })
  declare id: string

  async run() {
    await revokeToken(this.id)
    printAside(`Token ${this.id} opens nothing any more.\n`)
  }
}
