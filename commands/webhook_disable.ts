import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import { printAside } from '#foundation/cli/print'
import { endpointLabel } from '#webhooks/sending/endpoint_target'
import { disableEndpoint } from '#webhooks/endpoints/endpoint_state'
import { disablingWords, reasonWords } from '#delivery/reason_words'
import { because } from '#models/reasons'
import { systemClock } from '#foundation/clock'

export default class WebhookDisable extends BaseCommand {
  static commandName = 'webhook:disable'
  static description = 'Send an endpoint nothing more until it is enabled again'
  static help = [
    'A running sender stops within WEBHOOK_INTERVAL (1 s). What waits for the',
    'endpoint is skipped and can be replayed.',
    '```',
    '{{ binaryName }} webhook:disable 3',
    '{{ binaryName }} webhook:disable 3 --reason="moves to another host"',
    '```',
    'Exit codes: 0 disabled, 1 refused.',
  ]
  static options = { startApp: true }

  @args.string({ description: 'Number of the endpoint, as webhook:list shows it' })
  declare id: string

  @flags.string({
    description: `Why, for webhook:list [default: ${reasonWords.by_operator}]`,
  })
  declare reason?: string

  async run() {
    const endpoint = await disableEndpoint(
      this.id,
      because('by_operator', this.reason),
      systemClock
    )
    printAside(
      `Disabled ${endpointLabel(endpoint)}: ${disablingWords(endpoint)}\n` +
        `Enable it again: node ace webhook:enable ${endpoint.id}\n`
    )
  }
}
