import { args, BaseCommand } from '@adonisjs/core/ace'
import { printAside } from '#foundation/cli/print'
import { deleteEndpoint } from '#webhooks/endpoints/endpoint_state'
import { changeableEndpoint } from '#webhooks/endpoints/find_endpoint'
import { endpointLabel } from '#webhooks/sending/endpoint_target'

export default class WebhookRemove extends BaseCommand {
  static commandName = 'webhook:remove'
  static description = 'Remove an endpoint for good, with what waits for it'
  static help = [
    'To send it nothing for a while, disable it. Those of WEBHOOK_URLS are removed there.',
    '```',
    '{{ binaryName }} webhook:remove 3',
    '```',
    'Exit codes: 0 removed, 1 refused.',
  ]
  static options = { startApp: true }

  @args.string({ description: 'Number of the endpoint, as webhook:list shows it' })
  declare id: string

  async run() {
    const endpoint = await changeableEndpoint(this.id, null)
    await deleteEndpoint(endpoint.id)
    printAside(`Removed ${endpointLabel(endpoint)}.\n`)
  }
}
