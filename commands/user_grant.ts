import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import { printAside } from '#foundation/cli/print'
import plans, { paidPlans } from '#config/plans'
import { systemClock } from '#foundation/clock'
import { durationFlag } from '#foundation/cli/flags'
import { minuteText } from '#foundation/text/figures'
import { OperatorError } from '#foundation/errors'
import { grant } from '#billing/plans/change_plan'
import { findUser } from '#accounts/find_account'

export default class UserGrant extends BaseCommand {
  static commandName = 'user:grant'
  static description = 'Give a user time without a payment'
  static help = [
    'The time is added to the later of now and the end of the plan.',
    '```',
    '{{ binaryName }} user:grant 0x52ab… --for=30d --note="won the contest"',
    '```',
    'Exit codes: 0 given, 1 refused.',
  ]
  static options = { startApp: true }

  @args.string({ description: 'A wallet, or the number of the user' })
  declare user: string

  @flags.string({ description: 'How long, such as 30d or 12h', required: true })
  declare for: string

  @flags.string({ description: paidPlans().join(' or '), default: plans.base as string })
  declare plan: string

  @flags.string({ description: 'Why; kept with the change' })
  declare note?: string

  async run() {
    const plan = paidPlans().find((known) => known === this.plan)
    if (!plan) {
      throw new OperatorError(`--plan is "${this.plan}", but should be ${paidPlans().join(' or ')}`)
    }
    const user = await findUser(this.user)
    const gift = { ms: durationFlag('for', this.for), plan, note: this.note }
    const { endsAt } = await grant(user.id, gift, { terms: plans, clock: systemClock })
    printAside(`The plan of ${user.walletAddress} now ends at ${minuteText(endsAt)}.\n`)
  }
}
