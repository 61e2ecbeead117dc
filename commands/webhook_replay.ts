import { BaseCommand, flags } from '@adonisjs/core/ace'
import { endpointLabel } from '#delivery/channels/webhook/endpoint_target'
import type { ReplayResult } from '#delivery/endpoints/replay'
import { replayFailed } from '#delivery/endpoints/replay_failed'
import { replayHistory } from '#delivery/endpoints/replay_history'
import { systemClock } from '#foundation/clock'
import { durationFlag } from '#foundation/duration_flag'
import { OperatorError } from '#foundation/operator_error'

export default class WebhookReplay extends BaseCommand {
  static commandName = 'webhook:replay'
  static description = 'Send an endpoint again what failed, or everything of a while'
  static help = [
    '--failed sends what was given up or set aside. --history sends everything that',
    'was stored and that the endpoint wants, also what was there before it; what it has',
    'accepted already only with --again. The running sender does the sending. Doing it',
    'twice doubles nothing, and an event sent again carries the id it had.',
    '```',
    '{{ binaryName }} webhook:replay --endpoint=3 --failed --since=2h --dry-run',
    '{{ binaryName }} webhook:replay --endpoint=3 --failed --since=2h',
    '{{ binaryName }} webhook:replay --endpoint=3 --history --since=24h --limit=1000',
    '```',
    'Exit codes: 0 done, also if there was nothing to send, 1 refused.',
  ]
  static options = { startApp: true }

  @flags.string({ description: 'Number of the endpoint, as webhook:list shows it' })
  declare endpoint?: string

  @flags.boolean({ description: 'What was given up or set aside' })
  declare failed?: boolean

  @flags.boolean({ description: 'Everything that was stored' })
  declare history?: boolean

  @flags.string({ description: 'How far back to go: 30m, 2h, 7d' })
  declare since?: string

  @flags.number({ description: 'The most events to send [default: all]' })
  declare limit?: number

  @flags.boolean({ description: 'With --history: also what was accepted' })
  declare again?: boolean

  @flags.boolean({ description: 'Count only' })
  declare dryRun?: boolean

  @flags.boolean({ description: 'Print the counts as JSON on stdout' })
  declare json?: boolean

  async run() {
    const request = this.#request()
    this.#print(
      this.history
        ? await replayHistory({ ...request, again: this.again ?? false }, systemClock)
        : await replayFailed(request, systemClock)
    )
  }

  #request() {
    if (!this.endpoint || !this.since || Boolean(this.failed) === Boolean(this.history)) {
      throw new OperatorError(
        'Say which endpoint, what, and since when: --endpoint=3 (--failed or --history) --since=2h'
      )
    }
    if (this.again && !this.history) {
      throw new OperatorError('--again belongs to --history')
    }
    const limit = this.limit ?? Infinity
    if (!(limit >= 1)) {
      throw new OperatorError('--limit should be 1 or more')
    }
    const since = systemClock.now() - durationFlag('since', this.since)
    return { endpointId: this.endpoint, since, limit, isDryRun: this.dryRun ?? false }
  }

  #print({ endpoint, added, revived }: ReplayResult) {
    if (this.json) {
      const counts = { endpoint_id: endpoint.id, dry_run: this.dryRun ?? false, added, revived }
      process.stdout.write(`${JSON.stringify(counts)}\n`)
      return
    }
    const verb = this.dryRun ? 'would go' : 'go'
    process.stdout.write(
      `${added + revived} events ${verb} to ${endpointLabel(endpoint)}: ` +
        `${added} for the first time, ${revived} once more.\n`
    )
  }
}
