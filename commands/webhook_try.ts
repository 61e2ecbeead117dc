import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import { printAside } from '#foundation/cli/print'
import { dryRun } from '#webhooks/endpoints/dry_run'
import { triedEventAnswer } from '#views/endpoint_answers'
import { findEndpoint } from '#webhooks/endpoints/find_endpoint'
import { systemClock } from '#foundation/clock'
import { countFlag, listFlag } from '#foundation/cli/flags'
import { printJson, printTable } from '#foundation/cli/print_list'

const HEAD = ['event', 'type', 'outcome', 'payload or reason']
const WORDS = { sent: 'sent', left_out: 'filtered out', failed: 'failed' }

export default class WebhookTry extends BaseCommand {
  static commandName = 'webhook:try'
  static description = 'Show what an endpoint would get of the newest stored events'
  static help = [
    'Nothing is stored or sent. With a number it begins with what that endpoint',
    'has, and the flags replace it; without one with all events, whole.',
    '```',
    `{{ binaryName }} webhook:try --filter='data.quote_symbol == "BNB" && units(data.quote_amount) > 1.0'`,
    `{{ binaryName }} webhook:try 3 --template='{"text": data.symbol}' --json`,
    '```',
    'Exit codes: 0 shown, 1 refused.',
  ]
  static options = { startApp: true }

  @args.string({ description: 'Number of an endpoint to begin with', required: false })
  declare id?: string

  @flags.array({ description: 'Event types or wildcards, separated by commas' })
  declare events?: string[]

  @flags.string({ description: 'Which of these events, as an expression' })
  declare filter?: string

  @flags.string({ description: 'What the payload is, as an expression' })
  declare template?: string

  @flags.number({ description: 'How many events to try', default: 20 })
  declare limit: number

  @flags.boolean({ description: 'Print the events as JSON on stdout' })
  declare json?: boolean

  async run() {
    const limit = countFlag('limit', this.limit, 1000)
    const endpoint = this.id === undefined ? null : await findEndpoint(this.id)
    const events = await dryRun(
      {
        ownerId: endpoint?.ownerId ?? null,
        eventTypes: this.events ? listFlag(this.events) : (endpoint?.eventTypes ?? ['*']),
        filter: (this.filter ?? endpoint?.filter) || null,
        template: (this.template ?? endpoint?.template) || null,
        limit,
      },
      systemClock
    )
    this.#print(events.map(triedEventAnswer))
  }

  #print(events: readonly ReturnType<typeof triedEventAnswer>[]) {
    if (this.json) {
      printJson(events)
      return
    }
    printTable(
      HEAD,
      events.map(({ event_id: id, event_type: type, outcome, reason, payload }) => {
        const result = outcome === 'sent' ? JSON.stringify(payload) : reason
        return [id, type, WORDS[outcome], result]
      })
    )
    if (events.length === 0) {
      printAside('No event of these types is stored yet.\n')
    }
  }
}
