import { BaseCommand, flags } from '@adonisjs/core/ace'
import { deliveryStats } from '#webhooks/endpoints/delivery_stats'
import type { PushStats } from '#webhooks/endpoints/push_stats'
import { printJson, printTable } from '#foundation/cli/print_list'

const HEAD = [
  ...['endpoint', 'pushed', 'accepted', 'failed', 'average ms', 'p50', 'p95', 'p99', 'last'],
  ...['filtered out', 'expression failed'],
]

export default class WebhookStats extends BaseCommand {
  static commandName = 'webhook:stats'
  static description = 'Show how many events were pushed, how many failed, and how long they took'
  static help = [
    'Each attempt of each event counts as one push. Times are from the request to',
    'its answer, of what was accepted; percentiles are right to two digits. The',
    'last two columns are events that were skipped: the filter was not true, or',
    'filter or template failed.',
    '```',
    '{{ binaryName }} webhook:stats',
    '{{ binaryName }} webhook:stats --json | jq .data.failure_count',
    '```',
    'Exit codes: 0 shown, 1 failed.',
  ]
  static options = { startApp: true }

  @flags.boolean({ description: 'Print the figures as JSON on stdout; last_push_time in seconds' })
  declare json?: boolean

  async run() {
    const stats = await deliveryStats()
    if (this.json) {
      printJson(stats)
      return
    }
    printTable(HEAD, [
      ...stats.endpoints.map((endpoint) => row(String(endpoint.id), endpoint)),
      row('all', stats),
    ])
  }
}

function row(name: string, stats: PushStats) {
  const last = stats.last_push_time && new Date(stats.last_push_time * 1000)
  return [
    name,
    stats.total_pushed,
    stats.success_count,
    stats.failure_count,
    stats.average_delay_ms,
    stats.p50_delay_ms,
    stats.p95_delay_ms,
    stats.p99_delay_ms,
    last ? last.toISOString().slice(0, 19).replace('T', ' ') : null,
    stats.left_out_count,
    stats.unfit_count,
  ]
}
