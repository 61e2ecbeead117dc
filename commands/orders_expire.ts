import { flags } from '@adonisjs/core/ace'
import { print } from '#foundation/cli/print'
import { systemClock } from '#foundation/clock'
import { LongRunningCommand } from '#foundation/cli/long_running_command'
import { expireUnconfirmed, tellUnfilled } from '#orders/time_limits'
import { failOverdue } from '#verification/jobs/overdue_jobs'
import { printJson } from '#foundation/cli/print_list'

export default class OrdersExpire extends LongRunningCommand {
  static commandName = 'orders:expire'
  static description = 'Do now what the clock decides about orders and verifications'
  static help = [
    'The same that monitor:orders does by itself: fails announced orders that OKX did',
    'not show in time, tells of open ones, ends attempts that took too long. An order',
    'of an account that is not heard now stays as it is.',
    '```',
    '{{ binaryName }} orders:expire --json',
    '```',
  ]

  @flags.boolean({ description: 'Print as JSON on stdout' })
  declare json?: boolean

  async work() {
    const unconfirmed = await expireUnconfirmed(systemClock)
    const unfilled = await tellUnfilled(systemClock)
    const overdue = await failOverdue(systemClock)
    if (this.json) {
      printJson({ unconfirmed, unfilled, overdue })
      return
    }
    print(
      `${unconfirmed} orders failed, ${unfilled} are told of, ${overdue} verifications took too long\n`
    )
  }
}
