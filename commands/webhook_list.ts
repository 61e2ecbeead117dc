import { listedEndpointAnswer } from '#views/endpoint_answers'
import { BaseCommand, flags } from '@adonisjs/core/ace'
import { listEndpoints } from '#webhooks/endpoints/list_endpoints'
import { minuteText } from '#foundation/text/figures'
import { printList } from '#foundation/cli/print_list'

export default class WebhookList extends BaseCommand {
  static commandName = 'webhook:list'
  static description = 'List the endpoints with their state and what waits for them'
  static help = [
    'A table on a terminal, tab-separated values elsewhere. Times are UTC.',
    '```',
    '{{ binaryName }} webhook:list',
    '{{ binaryName }} webhook:list | cut -f1,2',
    `{{ binaryName }} webhook:list --json | jq '.data[] | select(.state == "disabled")'`,
    '```',
    'Exit codes: 0 listed, 1 failed.',
  ]
  static options = { startApp: true }

  @flags.boolean({ description: 'Print everything as JSON on stdout; times in milliseconds' })
  declare json?: boolean

  async run() {
    const endpoints = await listEndpoints()
    printList(endpoints.map(listedEndpointAnswer), {
      isJson: this.json,
      columns: {
        'id': ({ id }) => id,
        'state': ({ state, state_reason: reason }) => (reason ? `${state}: ${reason}` : state),
        'pending': ({ pending }) => pending,
        'last success': (endpoint) => minuteText(endpoint.last_success_at),
        'failing since': (endpoint) => minuteText(endpoint.failing_since),
        'events': (endpoint) => endpoint.event_types.join(','),
        'url': ({ url }) => url.replace(/\?.*/, '?…'),
      },
      ifEmpty: 'No endpoint yet. Add one: node ace webhook:add https://…',
    })
  }
}
