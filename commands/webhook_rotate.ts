import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import { print, printAside } from '#foundation/cli/print'
import { rotateSecret } from '#webhooks/endpoints/endpoint_secrets'
import { systemClock } from '#foundation/clock'
import { durationFlag } from '#foundation/cli/flags'
import { printJson } from '#foundation/cli/print_list'

export default class WebhookRotate extends BaseCommand {
  static commandName = 'webhook:rotate'
  static description = 'Give an endpoint a new secret and show it once'
  static help = [
    'For 24 hours every request carries the signatures of both secrets, so that',
    'no event is refused while the receiver changes over. If the old secret has',
    'leaked, take --overlap=0s.',
    '```',
    '{{ binaryName }} webhook:rotate 3',
    '{{ binaryName }} webhook:rotate 3 --overlap=0s',
    '{{ binaryName }} webhook:rotate 3 --json | jq -r .data.secret',
    '```',
    'Exit codes: 0 rotated, 1 refused.',
  ]
  static options = { startApp: true }

  @args.string({ description: 'Number of the endpoint, as webhook:list shows it' })
  declare id: string

  @flags.string({ description: 'How long the old secret signs as well', default: '24h' })
  declare overlap: string

  @flags.boolean({ description: 'Print the result as JSON on stdout; times in milliseconds' })
  declare json?: boolean

  async run() {
    const overlapMs = durationFlag('overlap', this.overlap)
    const { endpoint, secret, oldUntil } = await rotateSecret(this.id, overlapMs, systemClock)

    if (this.json) {
      printJson({ id: endpoint.id, secret, old_secret_until: oldUntil })
      return
    }
    printAside(`The new secret of endpoint ${endpoint.id}, which is not shown again:\n`)
    print(`${secret}\n`)
    printAside(
      overlapMs > 0
        ? `The old one signs as well until ${new Date(oldUntil).toISOString()}.\n`
        : 'The old one signs no more.\n'
    )
  }
}
