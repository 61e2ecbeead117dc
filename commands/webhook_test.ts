import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import { print, printAside } from '#foundation/cli/print'
import settings from '#config/webhooks'
import { testEndpoint } from '#webhooks/endpoints/test_endpoint'
import { testResultAnswer } from '#views/endpoint_answers'
import { systemClock } from '#foundation/clock'
import { printJson } from '#foundation/cli/print_list'

/** Exit code: the receiver answered, or failed to, with anything but 2xx. */
const NOT_ACCEPTED = 4

export default class WebhookTest extends BaseCommand {
  static commandName = 'webhook:test'
  static description = 'Send a signed test event to an endpoint at once and show the answer'
  static help = [
    'The event has the type webhook.test and the shape of a launch. It goes out',
    'once, also to a disabled endpoint and while no sender runs, and changes',
    'nothing.',
    '```',
    '{{ binaryName }} webhook:test 3',
    '{{ binaryName }} webhook:test 3 --json | jq .data.http_status',
    '```',
    'Exit codes: 0 accepted, 1 refused or failed before it was sent, 4 not',
    'accepted.',
  ]
  static options = { startApp: true }

  @args.string({ description: 'Number of the endpoint, as webhook:list shows it' })
  declare id: string

  @flags.boolean({ description: 'Print the result as JSON on stdout' })
  declare json?: boolean

  async run() {
    const result = testResultAnswer(await testEndpoint(this.id, settings, systemClock))
    this.exitCode = result.accepted ? 0 : NOT_ACCEPTED
    if (this.json) {
      printJson(result)
      return
    }
    const outcome = result.accepted
      ? `Accepted with ${result.http_status}`
      : `Not accepted: ${result.error}`
    print(`${outcome}, after ${result.duration_ms} ms (${result.event_id}).\n`)
    if (result.answer) {
      printAside(`The answer begins with:\n${result.answer}\n`)
    }
  }
}
