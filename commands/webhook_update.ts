import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import { printAside } from '#foundation/cli/print'
import settings from '#config/webhooks'
import { changeEndpoint } from '#webhooks/endpoints/change_endpoint'
import { changeableEndpoint } from '#webhooks/endpoints/find_endpoint'
import { endpointLabel } from '#webhooks/sending/endpoint_target'
import { systemClock } from '#foundation/clock'
import { listFlag } from '#foundation/cli/flags'
import { OperatorError } from '#foundation/errors'

export default class WebhookUpdate extends BaseCommand {
  static commandName = 'webhook:update'
  static description = 'Change which events an endpoint gets, and what it gets of them'
  static help = [
    'What is not named stays as it is; none takes a filter or template away. A',
    'running sender follows within WEBHOOK_INTERVAL (1 s). See what would change:',
    'webhook:try',
    '```',
    '{{ binaryName }} webhook:update 3 --events="launch.*,push.alert"',
    `{{ binaryName }} webhook:update 3 --filter='source == "four"'`,
    '{{ binaryName }} webhook:update 3 --filter=none',
    `{{ binaryName }} webhook:update 3 --template='{"text": data.symbol}'`,
    '```',
    'Exit codes: 0 changed, 1 refused.',
  ]
  static options = { startApp: true }

  @args.string({ description: 'Number of the endpoint, as webhook:list shows it' })
  declare id: string

  @flags.array({ description: 'Event types or wildcards, separated by commas' })
  declare events?: string[]

  @flags.string({ description: 'Which of these events, as an expression' })
  declare filter?: string

  @flags.string({ description: 'What the payload is, as an expression' })
  declare template?: string

  async run() {
    const changes = {
      eventTypes: this.events && listFlag(this.events),
      filter: orNone(this.filter),
      template: orNone(this.template),
    }
    if (Object.values(changes).every((change) => change === undefined)) {
      throw new OperatorError('Say what to change: --events=…, --filter=… or --template=…')
    }
    const { id } = await changeableEndpoint(this.id, null)
    const endpoint = await changeEndpoint(id, changes, settings.allowedNetworks, systemClock)
    printAside(`Changed ${endpointLabel(endpoint)}.\n`)
  }
}

/** No event has a field of that name, so it cannot be meant as an expression. */
function orNone(text: string | undefined): string | null | undefined {
  return text === 'none' ? null : text
}
