import { BaseCommand, flags } from '@adonisjs/core/ace'
import { print } from '#foundation/cli/print'
import { cancelReplay } from '#webhooks/replays/find_replay'
import { countReplay } from '#webhooks/replays/count_replay'
import { startReplay } from '#webhooks/replays/start_replay'
import type { ReplayRequest } from '#webhooks/replays/start_replay'
import { systemClock } from '#foundation/clock'
import { countFlag, durationFlag } from '#foundation/cli/flags'
import { OperatorError } from '#foundation/errors'
import { replayView } from '#views/replay_view'
import { printJson } from '#foundation/cli/print_list'

const EXAMPLE = '--endpoint=3 (--failed or --history) --since=2h'

export default class WebhookReplay extends BaseCommand {
  static commandName = 'webhook:replay'
  static description = 'Send an endpoint again what failed, or everything of a period'
  static help = [
    '--failed sends what failed or was skipped. --history sends everything that',
    'was stored and that the endpoint wants, also what was there before it; what',
    'it has accepted already only with --again. The running sender works it off',
    'beside what is new, also when it was killed in between; webhook:replays',
    'shows how far it is. Doing it twice doubles nothing, and an event sent again',
    'carries the id it had.',
    '```',
    '{{ binaryName }} webhook:replay --endpoint=3 --failed --since=2h --dry-run',
    '{{ binaryName }} webhook:replay --endpoint=3 --failed --since=2h',
    '{{ binaryName }} webhook:replay --endpoint=3 --history --since=24h --rate=50',
    '{{ binaryName }} webhook:replay --cancel=7',
    '```',
    'Exit codes: 0 done, also if there is nothing to send, 1 refused.',
  ]
  static options = { startApp: true }

  @flags.string({ description: 'Number of the endpoint, as webhook:list shows it' })
  declare endpoint?: string

  @flags.boolean({ description: 'What failed or was skipped' })
  declare failed?: boolean

  @flags.boolean({ description: 'Everything that was stored' })
  declare history?: boolean

  @flags.string({ description: 'How far back to go: 30m, 2h, 7d' })
  declare since?: string

  @flags.array({ description: 'Only these event types [default: all it asks for]' })
  declare events?: string[]

  @flags.number({ description: 'Events in a second at most [default: as it takes them]' })
  declare rate?: number

  @flags.number({ description: 'The most events to send [default: all]' })
  declare limit?: number

  @flags.boolean({ description: 'With --history: also what was accepted' })
  declare again?: boolean

  @flags.boolean({ description: 'Count only' })
  declare dryRun?: boolean

  @flags.string({ description: 'Number of a replay to end, as webhook:replays shows it' })
  declare cancel?: string

  @flags.boolean({ description: 'Print the replay, or the counts, as JSON on stdout' })
  declare json?: boolean

  async run() {
    if (this.cancel) {
      const replay = await cancelReplay({ id: this.cancel, endpointId: null }, systemClock)
      this.#print(replayView(replay), `Replay ${replay.id} is ${replay.state}.`)
      return
    }
    const request = this.#request()
    await (this.dryRun ? this.#count(request) : this.#start(request))
  }

  async #count(request: ReplayRequest) {
    const { added, revived } = await countReplay(request, systemClock)
    this.#print(
      { endpoint_id: request.endpointId, dry_run: true, added, revived },
      `${added + revived} events would go to endpoint ${request.endpointId}: ` +
        `${added} for the first time, ${revived} once more.`
    )
  }

  async #start(request: ReplayRequest) {
    const { replay } = await startReplay(request, systemClock)
    this.#print(
      replayView(replay),
      `Replay ${replay.id} has begun; a running sender works it off. ` +
        'How far it is: node ace webhook:replays'
    )
  }

  #request(): ReplayRequest {
    if (!this.endpoint || !this.since || Boolean(this.failed) === Boolean(this.history)) {
      throw new OperatorError(`Say which endpoint, what, and since when: ${EXAMPLE}`)
    }
    if (this.again && !this.history) {
      throw new OperatorError('--again belongs to --history')
    }
    const now = systemClock.now()
    return {
      endpointId: countFlag('endpoint', Number(this.endpoint)),
      kind: this.history ? 'history' : 'failed',
      since: now - durationFlag('since', this.since),
      until: now,
      isUntilGiven: false,
      eventTypes: this.events ?? null,
      ratePerSecond: this.rate === undefined ? null : countFlag('rate', this.rate),
      eventLimit: this.limit === undefined ? null : countFlag('limit', this.limit),
      again: this.again ?? false,
    }
  }

  #print(data: object, words: string) {
    if (this.json) printJson(data)
    else print(`${words}\n`)
  }
}
