import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import { print, printAside } from '#foundation/cli/print'
import settings from '#config/webhooks'
import { addEndpoint } from '#webhooks/endpoints/add_endpoint'
import { systemClock } from '#foundation/clock'
import { listFlag } from '#foundation/cli/flags'

export default class WebhookAdd extends BaseCommand {
  static commandName = 'webhook:add'
  static description = 'Add an endpoint that receives events, and show its secret once'
  static help = [
    'It gets what is stored from now on; webhook:replay --history sends what was',
    'there before. The secret goes to stdout, or with --json the endpoint.',
    '```',
    '{{ binaryName }} webhook:add https://example.com/hooks/regou',
    '{{ binaryName }} webhook:add https://example.com/hooks --events="launch.*,trade.executed"',
    `{{ binaryName }} webhook:add https://example.com/hooks --filter='units(data.quote_amount) > 1.0'`,
    '{{ binaryName }} webhook:add https://example.com/hooks --json | jq -r .secret',
    '```',
    'Exit codes: 0 added, 1 refused.',
  ]
  static options = { startApp: true }

  @args.string({ description: 'Where to send: https://… or http://…' })
  declare url: string

  @flags.array({ description: 'Event types or wildcards, separated by commas', default: ['*'] })
  declare events: string[]

  @flags.string({ description: 'Which of these events, as an expression; webhook:try shows it' })
  declare filter?: string

  @flags.string({ description: 'What the payload is, as an expression' })
  declare template?: string

  @flags.string({ description: 'What the endpoint is for' })
  declare description?: string

  @flags.boolean({ description: 'Print the endpoint as JSON on stdout' })
  declare json?: boolean

  async run() {
    const { endpoint, secret } = await addEndpoint(
      {
        url: this.url,
        eventTypes: listFlag(this.events),
        filter: this.filter ?? null,
        template: this.template ?? null,
        description: this.description ?? null,
      },
      settings,
      systemClock
    )
    const { id, url, eventTypes } = endpoint

    if (this.json) {
      print(`${JSON.stringify({ id, url, event_types: eventTypes, secret })}\n`)
      return
    }
    printAside(`Endpoint ${id} gets ${eventTypes.join(', ')} from now on.\n`)
    printAside('Its secret, which is not shown again:\n')
    print(`${secret}\n`)
    printAside(`Try it: node ace webhook:test ${id}\n`)
  }
}
