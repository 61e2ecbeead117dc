import { flags } from '@adonisjs/core/ace'
import { print } from '#foundation/cli/print'
import healthConfig from '#config/health'
import { acknowledgeAlert } from '#delivery/alerts'
import { systemClock } from '#foundation/clock'
import { durationFlag } from '#foundation/cli/flags'
import { LongRunningCommand } from '#foundation/cli/long_running_command'
import { OperatorError } from '#foundation/errors'
import type { HealthLevel } from '#models/push_health_check'
import { checkPush, watchPush } from '#health/check_push'
import type { PushHealthReport } from '#health/report'
import { pushLines } from '#views/push_figures'
import { printJson } from '#foundation/cli/print_list'

const EXIT_CODES: Record<HealthLevel, number> = { ok: 0, degraded: 3, critical: 4 }

export default class CheckPush extends LongRunningCommand {
  static commandName = 'check:push'
  static description =
    'Check that what should be pushed arrives, and raise an alert when it does not'
  static help = [
    'Checks delivery coverage, scanner, planner and backlog, and stores the result.',
    'When it is worse than at the check before, the operator’s endpoints that ask',
    'for push.alert are told, once.',
    '```',
    '{{ binaryName }} check:push',
    '{{ binaryName }} check:push --window=24h --json | jq .data.coverage',
    '{{ binaryName }} check:push --every=1m',
    '{{ binaryName }} check:push --acknowledge=7',
    '```',
    'Exit codes: 0 ok (or stopped, with --every), 1 failed, 3 degraded, 4',
    'critical.',
  ]

  @flags.string({ description: 'How much of the past to look at, such as 10m or 24h (1h)' })
  declare window?: string

  @flags.string({ description: 'Take a check every so often, such as 1m, until it is stopped' })
  declare every?: string

  @flags.number({ description: 'Note that you know of the alert with this id, and check nothing' })
  declare acknowledge?: number

  @flags.boolean({ description: 'Print what was found as JSON on stdout; times in milliseconds' })
  declare json?: boolean

  protected get beatsAs() {
    return this.every && this.acknowledge === undefined ? 'check:push' : null
  }

  async work(signal: AbortSignal) {
    if (this.acknowledge !== undefined) {
      return this.#acknowledge(this.acknowledge)
    }
    const settings = healthConfig
    const lookbackMs = this.window ? secondsAtLeast('window', this.window) : settings.lookbackMs
    if (this.every) {
      const everyMs = secondsAtLeast('every', this.every)
      const logger = await this.app.container.make('logger')
      logger.info(`checking every ${this.every} how pushing does`)
      return watchPush({ settings, lookbackMs, everyMs, clock: systemClock, logger }, signal)
    }

    const { report } = await checkPush({ settings, lookbackMs, clock: systemClock })
    this.#print(report)
    this.exitCode = EXIT_CODES[report.level]
  }

  async #acknowledge(id: number) {
    const alert = await acknowledgeAlert(id, systemClock)
    if (this.json) printJson({ id: alert.id, acknowledged_at: alert.acknowledgedAt })
    else print(`Acknowledged: ${alert.message}\n`)
  }

  #print(report: PushHealthReport) {
    if (this.json) {
      printJson(report)
      return
    }
    print(`${report.level}: ${report.verdict}\n`)
    for (const [name, value] of pushLines(report)) {
      print(`${name.padEnd(22)}${value}\n`)
    }
  }
}

/** The milliseconds of a duration that is not too short to make sense. */
function secondsAtLeast(name: string, text: string): number {
  const duration = durationFlag(name, text)
  if (duration < 1000) {
    throw new OperatorError(`--${name} is "${text}", but should be 1s or longer`)
  }
  return duration
}
