import { BaseCommand, flags } from '@adonisjs/core/ace'
import { countFlag, MOST_LISTED } from '#foundation/cli/flags'
import { printList } from '#foundation/cli/print_list'
import { OperatorError } from '#foundation/errors'
import { minuteText } from '#foundation/text/figures'
import { listActions } from '#operator/action_log'
import { ACTION_NAMES } from '#operator/actions'

export default class OperatorLog extends BaseCommand {
  static commandName = 'operator:log'
  static description = 'List what operators did, on pages and by commands'
  static help = [
    'The newest first. What only shows something is not in it.',
    '```',
    '{{ binaryName }} operator:log',
    '{{ binaryName }} operator:log --action=user.grant --json',
    '```',
    'Exit codes: 0 listed, 1 failed.',
  ]
  static options = { startApp: true }

  @flags.string({ description: 'Only these, such as user.grant' })
  declare action?: string

  @flags.number({ description: 'How many at most', default: 100 })
  declare limit: number

  @flags.boolean({ description: 'Print everything as JSON on stdout; times in milliseconds' })
  declare json?: boolean

  async run() {
    const { action } = this
    const limit = countFlag('limit', this.limit, MOST_LISTED)
    if (action !== undefined && !ACTION_NAMES.some((name) => name === action)) {
      throw new OperatorError(`"${action}" is no action. There are: ${ACTION_NAMES.join(', ')}`)
    }
    const actions = await listActions({ action, limit })
    const rows = actions.map((done) => ({
      id: done.id,
      at: done.createdAt,
      actor: done.actor,
      via: done.via,
      action: done.action,
      subject: done.subject,
      outcome: done.outcome,
      detail: done.detail,
    }))
    printList(rows, {
      isJson: this.json,
      columns: {
        id: ({ id }) => id,
        when: ({ at }) => minuteText(at),
        who: ({ actor }) => actor,
        from: ({ via }) => via,
        what: ({ action: name }) => name,
        about: ({ subject }) => subject,
        outcome: ({ outcome, detail }) => (detail ? `${outcome}: ${detail}` : outcome),
      },
      ifEmpty: 'Nothing was done yet.',
    })
  }
}
