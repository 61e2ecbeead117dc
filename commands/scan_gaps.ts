import { BaseCommand, flags } from '@adonisjs/core/ace'
import { print } from '#foundation/cli/print'
import { countFlag, MOST_LISTED } from '#foundation/cli/flags'
import { printList } from '#foundation/cli/print_list'
import { systemClock } from '#foundation/clock'
import { OperatorError } from '#foundation/errors'
import { minuteText } from '#foundation/text/figures'
import { listGaps, retryGapsNow } from '#collectors/store/gap_list'

export default class ScanGaps extends BaseCommand {
  static commandName = 'scan:gaps'
  static description = 'List blocks that could not be read, and have them tried at once'
  static help = [
    'A scanner tries each again by itself, after a wait that grows. With --retry it does',
    'so within half a minute.',
    '```',
    '{{ binaryName }} scan:gaps',
    '{{ binaryName }} scan:gaps --retry=7',
    '{{ binaryName }} scan:gaps --retry=all',
    '```',
    'Exit codes: 0 done, 1 there is no such gap.',
  ]
  static options = { startApp: true }

  @flags.string({ description: 'The number of a gap, or all' })
  declare retry?: string

  @flags.number({ description: 'How many at most', default: 100 })
  declare limit: number

  @flags.boolean({ description: 'Print everything as JSON on stdout; times in milliseconds' })
  declare json?: boolean

  async run() {
    const { retry } = this
    const limit = countFlag('limit', this.limit, MOST_LISTED)
    if (retry !== undefined) {
      const gaps = await retryGapsNow(retry === 'all' ? null : [Number(retry)], systemClock.now())
      if (gaps === 0) throw new OperatorError(`No gap ${retry} is open. See: node ace scan:gaps`)
      print(`${gaps} will be tried within half a minute.\n`)
      return
    }
    const gaps = await listGaps({ state: 'open', limit })
    printList(
      gaps.map((gap) => ({
        id: Number(gap.id),
        chain_id: gap.chainId,
        from: gap.fromBlock,
        to: gap.toBlock,
        reason: gap.reason,
        detail: gap.detail,
        tries: gap.tries,
        since: gap.createdAt,
        next_try_at: gap.nextTryAt,
      })),
      {
        isJson: this.json,
        columns: {
          'id': ({ id }) => id,
          'chain': ({ chain_id: chainId }) => chainId,
          'blocks': ({ from, to }) => `${from}-${to}`,
          'reason': ({ reason }) => reason,
          'tries': ({ tries }) => tries,
          'since': ({ since }) => minuteText(since),
          'tried again': ({ next_try_at: at }) => minuteText(at),
        },
        ifEmpty: 'No gap is open.',
      }
    )
  }
}
