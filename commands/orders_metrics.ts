import { flags } from '@adonisjs/core/ace'
import { print } from '#foundation/cli/print'
import { systemClock } from '#foundation/clock'
import { LongRunningCommand } from '#foundation/cli/long_running_command'
import { readMetrics } from '#orders/metrics'
import { printJson } from '#foundation/cli/print_list'

export default class OrdersMetrics extends LongRunningCommand {
  static commandName = 'orders:metrics'
  static description = 'Print what came of orders, how much of it failed, and how long it took'
  static help = [
    'Totals count since the beginning; the error rate (percent) and the average time',
    '(seconds) look at the last hour.',
    '```',
    '{{ binaryName }} orders:metrics --json | jq .data.error_rate',
    '```',
  ]

  @flags.boolean({ description: 'Print as JSON on stdout' })
  declare json?: boolean

  async work() {
    const metrics = await readMetrics(systemClock)
    const lines = Object.entries(metrics).map(
      ([name, value]) =>
        `${name.padEnd(26)}${value === null ? '-' : Math.round(value * 1000) / 1000}`
    )
    if (this.json) printJson(metrics)
    else print(`${lines.join('\n')}\n`)
  }
}
