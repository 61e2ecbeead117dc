import { BaseCommand, flags } from '@adonisjs/core/ace'
import { listEndpoints } from '#delivery/endpoints/list_endpoints'
import { printTable } from '#foundation/printed_table'

const HEAD = ['id', 'state', 'pending', 'last success', 'failing since', 'events', 'url']

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
    if (this.json) {
      process.stdout.write(`${JSON.stringify({ data: endpoints })}\n`)
      return
    }
    printTable(
      HEAD,
      endpoints.map((endpoint) => [
        endpoint.id,
        endpoint.state_reason ? `${endpoint.state}: ${endpoint.state_reason}` : endpoint.state,
        endpoint.pending,
        time(endpoint.last_success_at),
        time(endpoint.failing_since),
        endpoint.event_types.join(','),
        endpoint.url.replace(/\?.*/, '?…'),
      ])
    )
    if (endpoints.length === 0) {
      process.stderr.write('No endpoint yet. Add one: node ace webhook:add https://…\n')
    }
  }
}

function time(at: number | null): string {
  return at === null ? '-' : new Date(at).toISOString().slice(0, 19).replace('T', ' ')
}
