import { BaseCommand, flags } from '@adonisjs/core/ace'
import { minuteText } from '#foundation/minute_text'
import { listReplays } from '#delivery/replays/list_replays'
import { printTable } from '#foundation/printed_table'
import { replayView } from '#transformers/replay_view'

const HEAD = ['id', 'endpoint', 'kind', 'state', 'rate', 'first time', 'once more', 'reached']
const LIMIT = 50

export default class WebhookReplays extends BaseCommand {
  static commandName = 'webhook:replays'
  static description = 'List the newest replays and how far they are'
  static help = [
    'What was released so far: events that the endpoint gets for the first time, and',
    'those that go once more. A replay goes through what was stored in its order, and',
    'has reached the time in the last column (UTC).',
    '```',
    '{{ binaryName }} webhook:replays',
    '{{ binaryName }} webhook:replay --cancel=7',
    '```',
    'Exit codes: 0 listed, 1 failed.',
  ]
  static options = { startApp: true }

  @flags.boolean({ description: 'Print everything as JSON on stdout; times in milliseconds' })
  declare json?: boolean

  async run() {
    const newest = await listReplays(null, { limit: LIMIT })
    const replays = newest.slice(0, LIMIT).map(replayView)
    if (this.json) {
      process.stdout.write(`${JSON.stringify({ data: replays })}\n`)
      return
    }
    printTable(
      HEAD,
      replays.map((replay) => [
        replay.id,
        replay.endpoint_id,
        replay.kind,
        replay.state,
        replay.rate_per_second,
        replay.added,
        replay.revived,
        minuteText(replay.reached_at),
      ])
    )
  }
}
