import { BaseCommand, flags } from '@adonisjs/core/ace'
import { minuteText } from '#foundation/text/figures'
import { listReplays } from '#webhooks/replays/find_replay'
import { printList } from '#foundation/cli/print_list'
import { replayView } from '#views/replay_view'

const LIMIT = 50

export default class WebhookReplays extends BaseCommand {
  static commandName = 'webhook:replays'
  static description = 'List the newest replays and how far they are'
  static help = [
    'What was released so far: events that the endpoint gets for the first time,',
    'and those that go once more. A replay goes through what was stored in its',
    'order, and has reached the time in the last column (UTC).',
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
    const { rows } = await listReplays(null, { limit: LIMIT })
    printList(rows.map(replayView), {
      isJson: this.json,
      columns: {
        'id': (replay) => replay.id,
        'endpoint': (replay) => replay.endpoint_id,
        'kind': (replay) => replay.kind,
        'state': (replay) => replay.state,
        'rate': (replay) => replay.rate_per_second,
        'first time': (replay) => replay.added,
        'once more': (replay) => replay.revived,
        'reached': (replay) => minuteText(replay.reached_at),
      },
    })
  }
}
