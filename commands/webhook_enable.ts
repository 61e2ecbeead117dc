import { args, BaseCommand } from '@adonisjs/core/ace'
import { printAside } from '#foundation/cli/print'
import { endpointLabel } from '#webhooks/sending/endpoint_target'
import { enableEndpoint } from '#webhooks/endpoints/endpoint_state'
import { systemClock } from '#foundation/clock'

export default class WebhookEnable extends BaseCommand {
  static commandName = 'webhook:enable'
  static description = 'Send an endpoint events again that was disabled'
  static help = [
    'It gets what is stored from now on. webhook:replay sends what it missed.',
    '```',
    '{{ binaryName }} webhook:enable 3',
    '{{ binaryName }} webhook:replay --endpoint=3 --history --since=2h',
    '```',
    'Exit codes: 0 enabled, 1 refused.',
  ]
  static options = { startApp: true }

  @args.string({ description: 'Number of the endpoint, as webhook:list shows it' })
  declare id: string

  async run() {
    const endpoint = await enableEndpoint(this.id, systemClock)
    printAside(
      `Enabled ${endpointLabel(endpoint)}: it gets what is stored from now on.\n` +
        `What it missed: node ace webhook:replay --endpoint=${endpoint.id} --history --since=2h\n`
    )
  }
}
